import BusWire

/// Rows under headings, in columns wide enough for what is in them.
package struct TextTable {
    /// How a column's cells are set.
    package enum Alignment { case left, right }

    private let headings: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// - Parameter columns: heading and alignment of each column.
    package init(_ columns: (heading: String, alignment: Alignment)...) {
        headings = columns.map(\.heading)
        alignments = columns.map(\.alignment)
    }

    /// Adds a row with a cell for each column. Line ends and control characters in cells are made visible, and long
    /// cells are cut.
    package mutating func add(_ cells: String...) {
        precondition(cells.count == headings.count, "A row has a cell for each column.")
        rows.append(cells.map { ShownText.escaped(ShownText.cut($0)) })
    }

    /// The table, each line ended; the last column is not padded.
    package var text: String {
        let all = [headings] + rows
        let widths = headings.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = row.indices.map { column in
                let padding = String(repeating: " ", count: widths[column] - row[column].count)
                return alignments[column] == .left ? row[column] + padding : padding + row[column]
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    /// A name, a value or a sentence with such in it, as text that cannot change the line or the terminal, and that
    /// does not fill it.
    package static func oneLine(_ text: String) -> String {
        ShownText.escaped(ShownText.sentence(text))
    }
}
