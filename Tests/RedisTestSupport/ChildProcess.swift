import Foundation
import GuardedProcess
import LibevExecutor

/// A program started by a test, which never outlives the test process, however that ends.
final class ChildProcess {
    private let process: GuardedProcess
    private let program: String
    /// Its output, also once the file is gone.
    private let output: CInt
    private var isEnded = false

    /// Where the ends of all children are noticed.
    private static let loop = LibevExecutor(name: "test.children")
    /// How long a program may take to finish when the test process has died. No test waits for that.
    private static let patience = Duration.milliseconds(100)

    /// Starts `arguments[0]`, found through PATH.
    ///
    /// - Parameters:
    ///   - directory: removed when this process dies without calling `end`.
    ///   - output: the file that its standard output and error are appended to.
    /// - Throws: `ProcessStartError`.
    init(_ arguments: [String], directory: String, output: String) throws {
        program = arguments.joined(separator: " ")
        process = try GuardedProcess(
            arguments, output: output, patience: Self.patience, removing: directory, executor: Self.loop)
        self.output = open(output, O_RDONLY | O_CLOEXEC)
    }

    deinit { end() }

    var processID: pid_t { process.id }

    /// Whether the program still runs.
    var isRunning: Bool { ending == nil }

    /// How the program ended; nil while it runs.
    var ending: ProcessEnding? { process.waitStatus.map(ProcessEnding.init) }

    func signal(_ number: CInt) { process.signal(number) }

    /// Kills the program (SIGKILL) and what it has started, waits for its end and looks for payloads in the output. May
    /// be called twice.
    func end() {
        guard !isEnded else { return }
        isEnded = true
        process.kill()
        while isRunning { poll(nil, 0, 1) }
        PayloadMarker.expectAbsence(from: readOutput(), of: program)
        close(output)
    }

    private func readOutput() -> String {
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = read(output, &piece, piece.count), count > 0 { text += piece[..<count] }
        return String(decoding: text, as: UTF8.self)
    }
}

/// How a process ended.
public enum ProcessEnding: Equatable, Sendable {
    /// It ended itself with this status.
    case exit(Int32)
    /// This signal ended it.
    case signal(Int32)

    init(waitStatus: CInt) {
        let signal = waitStatus & 0x7F
        self = signal == 0 ? .exit((waitStatus >> 8) & 0xFF) : .signal(signal)
    }
}
