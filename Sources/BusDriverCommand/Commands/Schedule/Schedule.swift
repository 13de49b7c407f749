import ArgumentParser

/// `busdriver schedule`
struct Schedule: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows and changes what fires again and again.",
        discussion: """
            A scheduler has its schedules from the file that it was started with, from its program, and from Redis, where
            these commands and Ruby's set_schedule write them. A schedule in Redis wins over one of the same name in the
            file. What a Ruby scheduler has in its memory alone, nobody else can see.

            Example:
              busdriver schedule list
              busdriver schedule set nightly --cron '0 3 * * * Europe/Paris' --queue reports --class NightlyReport
              busdriver schedule pause nightly
            """,
        subcommands: [
            ScheduleList.self, ScheduleNext.self, ScheduleRun.self, ScheduleSet.self, ScheduleRemove.self,
            SchedulePause.self, ScheduleResume.self, ScheduleCheck.self,
        ],
        defaultSubcommand: ScheduleList.self)
}
