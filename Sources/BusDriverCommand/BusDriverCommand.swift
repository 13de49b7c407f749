import ArgumentParser
import CMalloc
import CommandInterface

/// `busdriver`, the command.
@main
struct BusDriverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "busdriver",
        abstract: "Drives the event bus of resque-bus: every event reaches every matching subscriber's queue.",
        discussion: """
            busdriver run                 drive the events of redis://localhost:6379
            busdriver publish hello n=1   publish one
            busdriver doctor              look whether all is well

            Exit codes:
              0   done
              1   failed at run time; doctor: there are warnings
              2   doctor: there are problems
              3   doctor: the examination itself failed
              64  wrong usage
              69  Redis cannot be reached, or cannot work for now (it loads its data, runs a long script, is out of memory);
                  try again later. Commands that run once and run --drain end so within five seconds
              78  somebody must change something first: address, database, password, a right, maxmemory-policy; or this is
                  a replica, a sentinel, or a cluster that spreads the keys
            """,
        version: "busdriver \(Version.current)",
        subcommands: [
            Run.self, Recover.self, Publish.self, Subscribe.self, Unsubscribe.self, Subscriptions.self, Match.self,
            Explain.self, QueueList.self, WorkerList.self, Tail.self, Trace.self, Failed.self, Delayed.self,
            Schedule.self, Cron.self, Doctor.self,
        ])

    static func main() async {
        // One large event needs a dozen times its size for a moment. Before there is a second thread, since a thread
        // keeps the heap that it began with.
        cmalloc_bound_free_memory()
        await runProgram()
    }
}
