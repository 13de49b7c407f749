import BoundedYAML
import BusCalendar
import BusWire

/// Nodes of YAML as the JSON that Ruby makes of them: Psych 4 reads YAML 1.1.
struct YAMLValues {
    /// The local one, of times that name none.
    let zone: ZoneRules

    /// - Throws: `ScheduleError` for what JSON or Psych has no value for.
    func json(_ node: YAMLNode) throws(ScheduleError) -> JSONValue {
        switch node.content {
        case .scalar(let text, let isPlain):
            return try scalar(text, isPlain: isPlain, tag: node.tag)
        case .sequence(let nodes):
            try Self.refuseTag(of: node, plain: "tag:yaml.org,2002:seq")
            var elements: [JSONValue] = []
            for node in nodes { elements.append(try json(node)) }
            return .array(elements)
        case .mapping(let pairs):
            try Self.refuseTag(of: node, plain: "tag:yaml.org,2002:map")
            return try object(pairs)
        }
    }

    private func object(_ pairs: [(key: YAMLNode, value: YAMLNode)]) throws(ScheduleError) -> JSONValue {
        var members: [JSONMember] = []
        var places: [ExactString: Int] = [:]
        func set(_ name: String, _ value: JSONValue) {
            if let place = places[ExactString(name)] {
                members[place].value = value
            } else {
                places[ExactString(name)] = members.count
                members.append(JSONMember(name, value))
            }
        }
        for (key, value) in pairs {
            let value = try json(value)
            if case .scalar("<<", true) = key.content, let merged = Self.merged(value) {
                for member in merged { set(member.key, member.value) }
            } else {
                set(try name(key), value)
            }
        }
        return .object(members)
    }

    /// A key as a text. Ruby would take a list or a map as well, by its `inspect`: text of text, which doubles with
    /// each level.
    func name(_ key: YAMLNode) throws(ScheduleError) -> String {
        guard key.text != nil else {
            throw ScheduleError("Line \(key.line) has a list or a map as a key; write a text.")
        }
        return RubyText.text(of: try json(key))
    }

    /// What `<<` merges: a map, or maps of which the first counts most. Members that come later win, as in Psych.
    private static func merged(_ value: JSONValue) -> [JSONMember]? {
        if let members = value.members { return members }
        guard let elements = value.elements, elements.allSatisfy({ $0.members != nil }) else { return nil }
        return elements.reversed().flatMap { $0.members ?? [] }
    }

    private static func refuseTag(of node: YAMLNode, plain: String) throws(ScheduleError) {
        guard let tag = node.tag, tag != "!", tag != plain else { return }
        throw unknownTag(tag)
    }

    private static func unknownTag(_ tag: String) -> ScheduleError {
        ScheduleError(
            "The tag \(tag.abbreviated) stands for an object of Ruby; write a text, a number, a list or a map.")
    }

    // MARK: - Scalars

    private func scalar(_ text: String, isPlain: Bool, tag: String?) throws(ScheduleError) -> JSONValue {
        switch tag {
        case nil: return isPlain ? plain(text) : .string(text)
        case "!", "tag:yaml.org,2002:str", "!ruby/symbol", "!ruby/sym": return .string(text)
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null": return plain(text)
        case "tag:yaml.org,2002:float":
            if case .number(let number) = plain(text), let double = Double(number) { return .float(double) }
            return plain(text)
        case .some(let tag): throw Self.unknownTag(tag)
        }
    }

    /// A text without quotes.
    private func plain(_ text: String) -> JSONValue {
        switch text.lowercased() {
        case "", "~", "null": .null
        case "yes", "true", "on": true
        case "no", "false", "off": false
        default:
            YAMLNumber(text)?.value ?? .string(YAMLTime(text, zone: zone)?.text ?? Self.symbol(text) ?? text)
        }
    }

    /// A symbol of Ruby, which JSON has as a text. `::Job` is meant as a class.
    private static func symbol(_ text: String) -> String? {
        guard text.hasPrefix(":"), !text.contains("\n") else { return nil }
        let name = text.dropFirst()
        guard let first = name.first, first != ":" else { return nil }
        let isQuoted = (first == "\"" || first == "'") && name.count > 1 && name.last == first
        return String(isQuoted ? name.dropFirst().dropLast() : name)
    }
}
