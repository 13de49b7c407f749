import BusWire
import Yams

/// The entries of a schedule file as YAML has them.
///
/// YAML that is broken in one entry is no YAML at all, so the file is then taken apart where its lines begin at the
/// margin.
struct ScheduleSections {
    struct Section {
        let name: String
        /// From that of its name until before the next entry's, counted from 1.
        let lines: Range<Int>
        let value: Node
    }

    private(set) var all: [Section] = []
    private(set) var refused: [ScheduleFile.Remark] = []
    private var names: Set<ExactString> = []

    /// - Throws: `ScheduleError` if the file is something else than a map.
    init(_ yaml: String) throws(ScheduleError) {
        if let root = try? Yams.compose(yaml: yaml, Resolver.basic) {
            guard let pairs = root.mapping else {
                guard try YAMLValue.json(root) == .null else {
                    throw ScheduleError(
                        "The file is no map; write each schedule as a name with a colon and its keys below.")
                }
                return
            }
            let ends = pairs.dropFirst().map { Self.line(of: $0.key) } + [Int.max]
            for (pair, end) in zip(pairs, ends) {
                let start = Self.line(of: pair.key)
                add(pair, lines: start..<max(end, start + 1))
            }
        } else {
            readApart(yaml)
        }
    }

    private static func line(of node: Node) -> Int { node.mark?.line ?? 1 }

    private mutating func add(_ pair: (key: Node, value: Node), lines: Range<Int>) {
        guard let name = pair.key.scalar?.string, !name.isEmpty, name != "<<" else {
            refused.append(.init(name: nil, line: lines.lowerBound, reason: "The name of an entry must be a text."))
            return
        }
        if !names.insert(ExactString(name)).inserted, let index = all.firstIndex(where: { $0.name.isExactly(name) }) {
            let earlier = all.remove(at: index)
            let reason = "It is written again in line \(lines.lowerBound), and the later one runs, as in Ruby."
            refused.append(.init(name: name, line: earlier.lines.lowerBound, reason: reason))
        }
        all.append(Section(name: name, lines: lines, value: pair.value))
    }

    // MARK: - Broken files

    private mutating func readApart(_ yaml: String) {
        // What other parts may refer to, by the name of the entry.
        var anchored: [(name: Substring, text: String)] = []
        for part in Self.parts(of: yaml) {
            let shared = anchored.filter { $0.name != part.name }.map(\.text).joined()
            let linesBefore = shared.count { $0.isNewline }
            let shift = part.firstLine - 1 - linesBefore
            do {
                guard let pairs = try Yams.compose(yaml: shared + part.text, Resolver.basic)?.mapping,
                    let pair = Array(pairs).last
                else {
                    throw YAMLFault(line: linesBefore + 1, problem: "it is no name with a colon and keys below it")
                }
                add(pair, lines: part.firstLine..<part.firstLine + part.text.count { $0.isNewline } + 1)
                if part.text.contains("&") { anchored.append((part.name, part.text)) }
            } catch {
                let fault = error as? YAMLFault ?? YAMLFault(error, in: shared + part.text)
                refused.append(
                    .init(
                        name: part.name.isEmpty ? nil : String(part.name), line: fault.line + shift,
                        reason: "This is not YAML: \(fault.problem)."))
            }
        }
    }

    private struct Part {
        let name: Substring
        let firstLine: Int
        var text: String
    }

    private static func parts(of yaml: String) -> [Part] {
        var parts: [Part] = []
        for (index, line) in yaml.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
            if let first = line.first, !" \t#-.%}]".contains(first) {
                let name = line.prefix { $0 != ":" }.trimmingPrefix { "\"'".contains($0) }
                let end = name.lastIndex { !"\"' ".contains($0) }
                parts.append(Part(name: end.map { name[...$0] } ?? "", firstLine: index + 1, text: ""))
            }
            if !parts.isEmpty { parts[parts.count - 1].text += line + "\n" }
        }
        return parts
    }
}

/// Where and why a text is not YAML.
private struct YAMLFault: Error {
    let line: Int
    let problem: String

    init(line: Int, problem: String) {
        self.line = line
        self.problem = problem
    }

    init(_ error: any Error, in text: String) {
        switch error {
        case YamlError.scanner(_, let problem, let mark, _), YamlError.parser(_, let problem, let mark, _),
            YamlError.composer(_, let problem, let mark, _):
            self.init(line: mark.line, problem: problem)
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            self.init(line: context.mark.line, problem: "\(keys.joined(separator: ", ")) is written twice")
        default: self.init(line: 1, problem: "it cannot be read")
        }
    }
}
