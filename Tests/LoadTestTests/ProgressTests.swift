import Synchronization
import Testing

@testable import LoadTest

@Suite(.timeLimit(.minutes(1))) struct ProgressTests {
    /// What was written.
    private final class Screen: Sendable {
        private let written = Mutex("")
        var text: String { written.withLock { $0 } }
        func write(_ text: String) { written.withLock { $0 += text } }
    }

    private let line = ProgressLine(
        phase: "repeat 2 of 5", second: 7, seconds: 20, rate: 19_998.4, p50: 267, p99: 2_110, backlog: 1_310)

    @Test func aLineSaysWhatIsKnown() {
        #expect(line.text == "repeat 2 of 5  7/20 s  19 998/s  p50 267 µs  p99 2.11 ms  backlog 1 310")
        #expect(ProgressLine(phase: "drains", second: 3).text == "drains  3 s")
        #expect(ProgressLine(phase: String(repeating: "x", count: 99), second: 3).text.count == 79)
    }

    @Test func changesInPlaceOnATerminal() {
        let screen = Screen()
        let progress = Progress(inPlace: true, write: screen.write)
        progress.show(ProgressLine(phase: "a", second: 1))
        progress.show(ProgressLine(phase: "a", second: 2))
        progress.note("Something\nstays.")
        progress.end()
        let clear = "\r\u{1B}[2K"
        #expect(screen.text == "\(clear)a  1 s\(clear)a  2 s\(clear)Something\\nstays.\na  2 s\(clear)")
    }

    @Test func writesALineEveryFiveSecondsElsewhere() {
        let screen = Screen()
        let progress = Progress(inPlace: false, write: screen.write)
        let start = ContinuousClock.now
        for second in 0...11 {
            progress.show(ProgressLine(phase: second < 7 ? "a" : "b", second: second), at: start + .seconds(second))
        }
        progress.note("Done.")
        progress.end()
        #expect(screen.text == "a  0 s\na  5 s\nb  7 s\nDone.\n")
    }
}
