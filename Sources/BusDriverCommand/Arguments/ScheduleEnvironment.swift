import ArgumentParser
import Foundation

/// For which environment schedules are read.
struct ScheduleEnvironment: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The part of a schedule file that is nested by environment, and which entries run that name environments.",
            discussion: "Default: RAILS_ENV, else RACK_ENV; without them a nested file is refused.",
            valueName: "environment"))
    var environment: String?

    /// The environment's name; nil where none is given.
    ///
    /// - Parameter variables: those of the process.
    func name(in variables: [String: String] = ProcessInfo.processInfo.environment) -> String? {
        [environment, variables["RAILS_ENV"], variables["RACK_ENV"]].compactMap(\.self).first { !$0.isEmpty }
    }
}
