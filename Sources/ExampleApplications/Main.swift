import Foundation
import ResqueBus

/// Three small applications on one bus, in one process. Run it beside `busdriver run`; the README walks through it.
@main
struct Main {
    static func main() async {
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
