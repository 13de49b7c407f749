import CommandInterface
import Synchronization

/// Shows where a test is, on standard error: a line that changes in place on a terminal, else a line every five seconds
/// and whenever the phase changes. May be called from anywhere.
final class Progress: Sendable {
    /// Without a terminal, the time between two lines of one phase.
    private static let interval = Duration.seconds(5)
    private static let clearLine = "\r\u{1B}[2K"

    private struct Shown {
        var line: ProgressLine
        var at: ContinuousClock.Instant
    }

    private let inPlace: Bool
    private let write: @Sendable (String) -> Void
    private let shown = Mutex<Shown?>(nil)

    /// - Parameters:
    ///   - inPlace: whether lines go to a terminal.
    ///   - write: takes what is to be shown; control sequences only if `inPlace`.
    init(inPlace: Bool, write: @escaping @Sendable (String) -> Void) {
        self.inPlace = inPlace
        self.write = write
    }

    /// Progress on standard error.
    static func onStandardError() -> Progress {
        Progress(inPlace: StandardError.isTerminal, write: StandardError.paint)
    }

    /// Progress that nobody sees: `--quiet`.
    static let hidden = Progress(inPlace: false) { _ in }

    /// Shows `line` in place of the one before; call it as often as you like.
    func show(_ line: ProgressLine, at now: ContinuousClock.Instant = .now) {
        shown.withLock { shown in
            if inPlace {
                write(Self.clearLine + line.text)
            } else if let last = shown, last.line.phase == line.phase, last.at.duration(to: now) < Self.interval {
                return
            } else {
                write(line.text + "\n")
            }
            shown = Shown(line: line, at: now)
        }
    }

    /// Writes a sentence that stays; the changing line comes back below it.
    func note(_ sentence: String) {
        shown.withLock { shown in
            let line = TextTable.oneLine(sentence) + "\n"
            guard inPlace, let last = shown else { return write(line) }
            write(Self.clearLine + line + last.line.text)
        }
    }

    /// Takes the changing line away.
    func end() {
        shown.withLock { shown in
            if inPlace, shown != nil { write(Self.clearLine) }
            shown = nil
        }
    }
}
