import Foundation
import ResqueBus

/// Three small applications on one bus, in one process. Run it beside `busdriver run`; the README walks through it.
@main
struct Main {
    private static let help = """
        Three small applications on one bus; takes no arguments. Run it beside busdriver run, and publish an event:
          busdriver publish user_created name=Ann email=ann@example.com
        Environment:
          JOURNAL    the file that keeps every event; default events.jsonl
          SENDER     who sends messages; default hello@example.com
          REDIS_URL, REDIS_PASSWORD, RESQUE_NAMESPACE, QUEUES, COUNT, INTERVAL, PIDFILE, VERBOSE: as for Resque's workers

        """

    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        if ["--help", "-h"].contains(arguments.first) {
            print(help, terminator: "")
            exit(0)
        }
        guard arguments.isEmpty else {
            let complaint = "example takes no arguments, but was given \(arguments.joined(separator: " ")).\n"
            FileHandle.standardError.write(Data((complaint + help).utf8))
            exit(64)
        }
        do {
            let environment = ProcessInfo.processInfo.environment
            let bus = Bus(try BusConfiguration(environment: environment))
            let journal = try Journal(path: environment["JOURNAL"] ?? "events.jsonl")
            let applications = [
                Greeter.application(on: bus),
                Switchboard.application(on: bus, messenger: Messenger(environment: environment)),
                EventLogger.application(journal),
            ]
            await RiderProcess(applications).runToExit()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(78)
        }
    }
}
