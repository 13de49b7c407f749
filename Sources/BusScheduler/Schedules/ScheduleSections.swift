import BoundedYAML
import BusWire

/// The entries of a schedule file as YAML has them.
///
/// YAML that is broken or too large in one entry is no YAML at all, so the file is then taken apart where its lines begin at
/// the margin.
struct ScheduleSections {
    struct Section {
        let name: String
        /// From that of its name until before the next entry's, counted from 1.
        let lines: Range<Int>
        let value: YAMLNode
    }

    private(set) var refused: [ScheduleFile.Remark] = []
    /// In the order of the file; nil where a later one has taken the name.
    private var sections: [Section?] = []
    private var places: [ExactString: Int] = [:]

    /// What may run, in the order of the file.
    var all: [Section] { sections.compactMap(\.self) }

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
        switch root?.content {
        case nil, .scalar("", true), .scalar("~", true), .scalar("null", true), .scalar("Null", true),
            .scalar("NULL", true):
            return
        case .mapping(let pairs):
            let ends = pairs.dropFirst().map(\.key.line) + [Int.max]
            for (pair, end) in zip(pairs, ends) { add(pair, lines: pair.key.line..<max(end, pair.key.line + 1)) }
        default:
            throw ScheduleError("The file is no map; write each schedule as a name with a colon and its keys below.")
        }
    }

    private mutating func add(_ pair: (key: YAMLNode, value: YAMLNode), lines: Range<Int>) {
        guard let name = pair.key.text, !name.isEmpty, name != "<<" else {
            refused.append(.init(name: nil, line: lines.lowerBound, reason: "The name of an entry must be a text."))
            return
        }
        if let place = places.updateValue(sections.count, forKey: ExactString(name)), let earlier = sections[place] {
            sections[place] = nil
            let reason = "It is written again in line \(lines.lowerBound), and the later one runs, as in Ruby."
            refused.append(.init(name: name, line: earlier.lines.lowerBound, reason: reason))
        }
        sections.append(Section(name: name, lines: lines, value: pair.value))
    }

    // MARK: - Broken files

    private mutating func readApart(_ yaml: [UInt8]) throws(ScheduleError) {
        var reader = YAMLReader()
        let parts = Self.parts(of: yaml)
        // Each has a name, a map, and two keys at least.
        let most = reader.limits.nodes / 6
        guard parts.count <= most else {
            throw ScheduleError("Line \(parts[most].firstLine): There are more than \(most) entries.")
        }
        var left = reader.limits.nodes
        for part in parts {
            do throws(YAMLError) {
                let root = try reader.read(part.text, firstLine: part.firstLine)
                guard let root, let pair = root.pairs?.last else {
                    refuse(
                        part, line: part.firstLine, "This is not YAML: it is no name with a colon and keys below it.")
                    continue
                }
                guard root.size <= left else {
                    let most = reader.limits.nodes
                    refuse(
                        part, line: part.firstLine, "With it the file has more than \(most) values, aliases counted.")
                    continue
                }
                left -= root.size
                add(pair, lines: part.firstLine..<part.firstLine + part.lines)
            } catch {
                refuse(part, line: error.line, error.description)
            }
        }
    }

    private mutating func refuse(_ part: Part, line: Int, _ reason: String) {
        refused.append(.init(name: part.name.isEmpty ? nil : part.name, line: line, reason: reason))
    }

    private struct Part {
        let name: String
        let firstLine: Int
        var lines = 1
        var text: ArraySlice<UInt8>
    }

    private static func parts(of yaml: [UInt8]) -> [Part] {
        let isNoName = Set(" \t\r#-.%}]".utf8)
        var parts: [Part] = []
        for (index, line) in yaml.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
            if let first = line.first, !isNoName.contains(first) {
                parts.append(Part(name: name(in: line), firstLine: index + 1, text: line))
            } else if let last = parts.indices.last {
                parts[last].lines += 1
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
