import BusCalendar

/// The lines of a schedule file, apart from comments, that have something which no entry may have.
struct MarkedLines {
    /// Ascending.
    private var lines: [Int] = []

    private static let newline = UInt8(ascii: "\n")

    /// None.
    init() {}

    /// The lines that are not UTF-8.
    init(notUTF8 bytes: [UInt8]) {
        Self.forEachLine(of: bytes) { number, content in
            if String(validating: content, as: UTF8.self) == nil { lines.append(number) }
        }
    }

    /// The lines that ERB would have rendered before YAML is read.
    ///
    /// - Throws: `ScheduleError` for a tag that may decide which entries there are.
    init(withTags bytes: [UInt8]) throws(ScheduleError) {
        var decidesEntries = false
        Self.forEachLine(of: bytes) { number, content in
            guard let tag = Self.firstTag(in: content) else { return }
            lines.append(number)
            let isAtMargin = tag == 0 || bytes[tag - 1] == Self.newline
            if isAtMargin || content[(tag + 2)...].first != UInt8(ascii: "=") { decidesEntries = true }
        }
        if decidesEntries { throw ScheduleError(tagInLine: lines[0]) }
    }

    /// The first of these lines within a range.
    func first(in range: Range<Int>) -> Int? {
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if lines[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < lines.count && range.contains(lines[low]) ? lines[low] : nil
    }

    /// Calls `body` with each line that is no comment, without what it is indented by, and its number from 1.
    private static func forEachLine(of bytes: [UInt8], _ body: (_ number: Int, _ content: ArraySlice<UInt8>) -> Void) {
        for (index, line) in bytes.split(separator: newline, omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            if content.first != UInt8(ascii: "#") { body(index + 1, content) }
        }
    }

    /// Where `<%` begins.
    private static func firstTag(in content: ArraySlice<UInt8>) -> Int? {
        zip(content.indices, content.indices.dropFirst()).first {
            content[$0] == UInt8(ascii: "<") && content[$1] == UInt8(ascii: "%")
        }?.0
    }
}

extension ScheduleError {
    /// - Parameter line: the first that has a tag.
    init(tagInLine line: Int) {
        self.init(
            "Line \(line) has an ERB tag, which is not run here; render the file first: erb schedule.yml.erb > schedule.yml."
        )
    }
}
