import BoundedYAML
import BusCalendar
import BusWire

/// The map that a schedule file is.
///
/// YAML that is broken or too large in one place is no YAML at all, so the file is then taken apart where its lines
/// begin at the margin.
struct ScheduleRoot {
    private(set) var pairs: [YAMLPair] = []
    /// Parts of the file that are no YAML.
    private(set) var refused: [ScheduleFile.Remark] = []
    /// Where its members and the refused parts begin, ascending.
    private(set) var lines: [Int] = []

    /// - Parameter yaml: UTF-8.
    /// - Throws: `ScheduleError` if the file is something else than a map, or too large.
    init(_ yaml: [UInt8]) throws(ScheduleError) {
        var reader = YAMLReader()
        let root: YAMLNode?
        do throws(YAMLError) {
            root = try reader.read(yaml)
        } catch {
            guard yaml.count <= reader.limits.bytes else { throw ScheduleError(error) }
            try readApart(yaml)
            return
        }
        if let line = reader.secondDocument {
            refuse(line: line, "Another document begins here, and only the first is read, as in Ruby.")
        }
        guard let root, !root.isNothing else { return }
        guard let pairs = root.pairs else {
            throw ScheduleError("The file is no map; write each schedule as a name with a colon and its keys below.")
        }
        self.pairs = pairs
        lines = pairs.map(\.key.line).sorted()
    }

    private mutating func refuse(_ name: String? = nil, line: Int, _ reason: String) {
        refused.append(.init(name: name, line: line, reason: reason))
    }

    // MARK: - Broken files

    private mutating func readApart(_ yaml: [UInt8]) throws(ScheduleError) {
        var reader = YAMLReader()
        let parts = Self.parts(of: yaml)
        lines = parts.map(\.firstLine)
        // Each has a name, a map, and two keys at least.
        let most = reader.limits.nodes / 6
        guard parts.count <= most else {
            throw ScheduleError("Line \(parts[most].firstLine): There are more than \(most) entries.")
        }
        var left = reader.limits.nodes
        for part in parts {
            let name = part.name.isEmpty ? nil : part.name
            do throws(YAMLError) {
                let root = try reader.read(part.text, firstLine: part.firstLine)
                guard let root, let pair = root.pairs?.last else {
                    refuse(
                        name, line: part.firstLine, "This is not YAML: it is no name with a colon and keys below it.")
                    continue
                }
                guard root.size <= left else {
                    let most = reader.limits.nodes
                    refuse(
                        name, line: part.firstLine, "With it the file has more than \(most) values, aliases counted.")
                    continue
                }
                left -= root.size
                pairs.append(pair)
            } catch {
                refuse(name, line: error.line, error.description)
            }
        }
    }

    private struct Part {
        let name: String
        let firstLine: Int
        var text: ArraySlice<UInt8>
    }

    private static func parts(of yaml: [UInt8]) -> [Part] {
        let isNoName = Set(" \t\r#-.%}]".utf8)
        var parts: [Part] = []
        for (index, line) in yaml.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if let first = line.first, !isNoName.contains(first) {
                parts.append(Part(name: name(in: line), firstLine: index + 1, text: line))
            } else if let last = parts.indices.last {
                parts[last].text = yaml[parts[last].text.startIndex..<line.endIndex]
            }
        }
        return parts
    }

    /// What stands before the colon, without quotes.
    private static func name(in line: ArraySlice<UInt8>) -> String {
        let quotes = Set("\"' ".utf8)
        let name = line.prefix { $0 != UInt8(ascii: ":") }.drop(while: quotes.contains)
        guard let end = name.lastIndex(where: { !quotes.contains($0) }) else { return "" }
        return String(decoding: name[...end], as: UTF8.self)
    }
}
