import BusSession
import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct PIDFileTests {
    private let path = FileManager.default.temporaryDirectory.appending(path: "rider-\(UUID().uuidString).pid").path

    private func content() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func write(_ text: String) throws { try text.write(toFile: path, atomically: false, encoding: .utf8) }

    /// The id of a process that has ended and was waited for.
    private func endedProcess() throws -> pid_t {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        return process.processIdentifier
    }

    @Test func holdsTheProcessIdWhileTheProcessRuns() throws {
        let file = try PIDFile(path)
        #expect(try content() == "\(getpid())\n")
        file.remove()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func fileOfALivingProcessIsRefused() throws {
        try write("\(getppid())\n")
        defer { unlink(path) }
        let error = #expect(throws: PIDFile.Refusal.self) { try PIDFile(path) }
        #expect(
            error?.message
                == "The PID file \(path) belongs to process \(getppid()), which is running; stop that, or name another file."
        )
        #expect(try content() == "\(getppid())\n")
    }

    @Test func fileOfAnEndedProcessIsReplaced() throws {
        try write(" \(try endedProcess())")
        let file = try PIDFile(path)
        defer { file.remove() }
        #expect(try content() == "\(getpid())\n")
    }

    /// After a restart the process finds the file that it has written before; and an empty one comes from an end
    /// between two steps.
    @Test(arguments: ["\(getpid())\n", ""])
    func ownAndEmptyFilesAreReplaced(text: String) throws {
        try write(text)
        let file = try PIDFile(path)
        defer { file.remove() }
        #expect(try content() == "\(getpid())\n")
    }

    @Test(arguments: ["notes of mine", "-1", "0", "99999999999999999999"])
    func fileWithSomethingElseIsLeftAlone(text: String) throws {
        try write(text)
        defer { unlink(path) }
        let error = #expect(throws: PIDFile.Refusal.self) { try PIDFile(path) }
        #expect(error?.message == "\(path) holds no process id; remove it, or name another file.")
        #expect(try content() == text)
    }

    @Test func fileOfASuccessorIsNotRemoved() throws {
        let file = try PIDFile(path)
        try write("1\n")
        defer { unlink(path) }
        file.remove()
        #expect(try content() == "1\n")
    }

    /// The last is an empty file in a folder where nobody may remove one.
    @Test(arguments: [
        ("/nowhere/rider.pid", "No such file or directory"), ("/tmp", "Is a directory"), ("/tmp/", "Is a directory"),
        ("/proc/self/clear_refs", "Operation not permitted"),
    ]) func whatStandsInTheWayIsNamed(path: String, reason: String) {
        let error = #expect(throws: PIDFile.Refusal.self) { try PIDFile(path) }
        #expect(error?.message == "The PID file \(path) cannot be written: \(reason); name another file.")
    }
}
