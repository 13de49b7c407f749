import ArgumentParser

/// `busdriver failed`
struct Failed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows, retries and removes what failed.",
        discussion: """
            Entries are named by an ID made from their content, which stays right while others remove entries. Of equal
            entries the second has -2 behind it, and so on. They come from failed and, where Resque's RedisMultiQueue is
            in use, from the lists that failed_queues names.

            Example:
              busdriver failed list
              busdriver failed retry 3f2a91 --remove
            """,
        subcommands: [FailedList.self, FailedShow.self, FailedRetry.self, FailedRemove.self, FailedClear.self],
        defaultSubcommand: FailedList.self)
}
