import BusWire
import Foundation

/// What goes to people, and must not mix with data.
package enum StandardError {
    /// Writes lines at once, as one piece. When nobody can read them, work goes on without. Nothing but ends of lines
    /// steers the terminal.
    package static func write(_ text: String) {
        paint(ShownText.escaped(text, keepingLines: true))
    }

    /// Writes a text of this program's own that may move the cursor. Nothing from outside stands in it as it came.
    package static func paint(_ text: String) {
        _ = StandardStream.write(text, to: STDERR_FILENO)
    }

    /// Says in a line what is wrong, though not so wrong that it cannot work.
    package static func warn(_ sentence: String) { write("warning: \(TextTable.oneLine(sentence))\n") }

    /// Whether somebody sees it.
    package static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }
}
