import ArgumentParser
import BusCalendar
import BusOperations

/// Which of the schedules in Redis are shown.
struct EnvironmentFilter: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Leave out what is meant for other environments (rails_env, env). Default: all is shown.",
            valueName: "environment"))
    var environment: String?

    /// Those that run there; of those that nobody can run, all.
    func meant(_ schedules: [KnownSchedule]) -> [KnownSchedule] {
        guard let environment else { return schedules }
        return schedules.filter { $0.isMeant(for: environment) }
    }
}
