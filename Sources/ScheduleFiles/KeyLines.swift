import BoundedYAML

/// In which lines the keys of an entry stand, and the options beside its time.
struct KeyLines {
    private var lines: [[String]: Int] = [:]

    /// - Parameters:
    ///   - entry: as YAML has it.
    ///   - values: reads the names.
    init(_ entry: YAMLNode, values: YAMLValues) {
        for (key, value) in entry.pairs?.merged ?? [] {
            guard let name = try? values.name(key) else { continue }
            lines[[name]] = key.line
            guard name == "cron" || name == "every", case .sequence(let elements) = value.content else { continue }
            for (option, _) in elements.flatMap({ $0.pairs?.merged ?? [] }) {
                if let text = try? values.name(option) { lines[[name, text]] = option.line }
            }
        }
    }

    /// - Parameter path: a key, or a key and an option.
    subscript(path: [String]) -> Int? { lines[path] }
}
