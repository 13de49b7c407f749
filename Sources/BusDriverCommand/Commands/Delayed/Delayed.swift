import ArgumentParser

/// `busdriver delayed`
struct Delayed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Adds, shows, removes and runs what waits for its time.",
        discussion: """
            That is events published with a time, jobs enqueued with one, and retries. They are in Redis as resque-scheduler keeps
            them, so Ruby's and these commands see the same.

            Example:
              busdriver delayed list
              busdriver delayed remove --class Emailer --args '[42,"welcome"]' --queue emails
            """,
        subcommands: [DelayedAdd.self, DelayedList.self, DelayedCount.self, DelayedRemove.self, DelayedRun.self],
        defaultSubcommand: DelayedList.self)
}
