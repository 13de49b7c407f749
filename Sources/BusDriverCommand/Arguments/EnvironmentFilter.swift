import ArgumentParser
import BusCalendar

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
        return schedules.filter { schedule in
            guard case .success(let entry) = schedule.entry else { return true }
            return entry.runs(in: environment)
        }
    }
}
