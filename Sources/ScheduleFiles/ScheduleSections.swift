import BoundedYAML
import BusCalendar
import BusWire

/// The entries of a schedule file as YAML has them: those of its root, or of one environment.
struct ScheduleSections {
    struct Section {
        let name: String
        /// From that of its name until before the next entry's, counted from 1.
        let lines: Range<Int>
        let value: YAMLNode
    }

    private let values: YAMLValues
    private(set) var refused: [ScheduleFile.Remark]
    /// In the order of the file; nil where a later one has taken the name.
    private var sections: [Section?] = []
    private var places: [ExactString: Int] = [:]

    /// What may run, in the order of the file.
    var all: [Section] { sections.compactMap(\.self) }

    /// - Parameters:
    ///   - yaml: UTF-8.
    ///   - environment: which part of a file is read that is nested by environment.
    ///   - values: reads the names.
    /// - Throws: `ScheduleError` if the file is something else than a map, is nested and has nothing for the
    ///   environment, or is too large.
    init(_ yaml: [UInt8], environment: String?, values: YAMLValues) throws(ScheduleError) {
        self.values = values
        let root = try ScheduleRoot(yaml)
        refused = root.refused
        let nesting = EnvironmentNesting(root.pairs, values: values)
        guard nesting.isNested else {
            for pair in root.pairs.merged {
                guard !EnvironmentNesting.isSection(pair.value) else {
                    refuse(
                        pair.key, "It holds schedules itself; a file is nested by environment throughout or not at all."
                    )
                    continue
                }
                add(pair, root.lines)
            }
            return
        }
        let lines = (root.lines + root.pairs.flatMap { $0.value.pairs ?? [] }.map(\.key.line)).sorted()
        for pair in try nesting.pairs(of: environment, refused: refused) { add(pair, lines) }
    }

    private mutating func add(_ pair: YAMLPair, _ lines: [Int]) {
        guard !pair.key.isMerge, let name = try? values.name(pair.key), !name.isEmpty else {
            refuse(pair.key, "The name of an entry must be a text.")
            return
        }
        let line = pair.key.line
        if let place = places.updateValue(sections.count, forKey: ExactString(name)), let earlier = sections[place] {
            sections[place] = nil
            let reason = "It is written again in line \(line), and the later one runs, as in Ruby."
            refused.append(.init(name: name, line: earlier.lines.lowerBound, reason: reason))
        }
        sections.append(Section(name: name, lines: line..<(lines.first(above: line) ?? .max), value: pair.value))
    }

    private mutating func refuse(_ key: YAMLNode, _ reason: String) {
        refused.append(.init(name: key.text, line: key.line, reason: reason))
    }
}

extension [Int] {
    /// The first of ascending numbers that is greater.
    fileprivate func first(above number: Int) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle] <= number { low = middle + 1 } else { high = middle }
        }
        return low < count ? self[low] : nil
    }
}
