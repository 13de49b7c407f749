import Foundation
import ResqueBus

/// A rider as a process of its own, for tests that send it signals or kill it.
///
/// `Note` appends a line `<process id> <text>` to the file `NOTES`. `Wait` does so too, then waits to be cancelled, or
/// until the file `NOTES.go` exists, and then appends `<process id> done <text>`. `Leak` notes and never frees 64 MB.
/// With `SUBSCRIBES` it also wants the event `noted`. `LEASE_MILLISECONDS` is its lease.
@main struct RiderUnderTest {
    static func main() async {
        let environment = ProcessInfo.processInfo.environment
        let notes = environment["NOTES"] ?? "/dev/null"
        let application = Application("under_test") {
            Job("Note", queue: "under_test_notes") { (text: String) in
                note(text, in: notes)
            }
            Job("Leak", queue: "under_test_notes") { (text: String) in
                UnsafeMutableRawPointer.allocate(byteCount: 64_000_000, alignment: 16)
                    .initializeMemory(as: UInt8.self, repeating: 1, count: 64_000_000)
                note(text, in: notes)
            }
            Job("Wait", queue: "under_test_notes") { (text: String) in
                note(text, in: notes)
                while !FileManager.default.fileExists(atPath: notes + ".go") {
                    try await Task.sleep(for: .milliseconds(5))
                }
                note("done " + text, in: notes)
            }
            if environment["SUBSCRIBES"] != nil {
                Subscribe("noted") { event in note(event.id ?? "", in: notes) }
            }
        }
        var options = RiderOptions(
            restartAfterJobs: environment["RESTART_AFTER_JOBS"].flatMap { Int($0) },
            restartAboveMegabytes: environment["RESTART_ABOVE_MEGABYTES"].flatMap { Int($0) })
        options.concurrency = 4
        if let lease = environment["LEASE_MILLISECONDS"].flatMap({ Int($0) }) { options.lease = .milliseconds(lease) }
        await RiderProcess([application], options: options).runToExit()
    }

    /// One write to the end of the file, so that lines of several handlers do not mix.
    private static func note(_ text: String, in path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer { close(descriptor) }
        var line = "\(getpid()) \(text)\n"
        line.withUTF8 { _ = write(descriptor, $0.baseAddress, $0.count) }
    }
}
