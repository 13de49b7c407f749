import BoundedYAML
import BusWire

typealias YAMLPair = (key: YAMLNode, value: YAMLNode)

extension [YAMLPair] {
    /// The members with those that `<<` takes over from other maps. Of equal names the later one counts, as in Psych,
    /// unless both stand in the text.
    var merged: [YAMLPair] {
        guard contains(where: \.key.isMerge) else { return self }
        var members: [(pair: YAMLPair, isWritten: Bool)] = []
        var places: [ExactString: Int] = [:]
        func set(_ pair: YAMLPair, isWritten: Bool) {
            guard let name = pair.key.text.map(ExactString.init) else { return members.append((pair, isWritten)) }
            if let place = places[name], !(isWritten && members[place].isWritten) {
                members[place] = (pair, isWritten)
            } else {
                places[name] = members.count
                members.append((pair, isWritten))
            }
        }
        for pair in self {
            if pair.key.isMerge, let others = pair.value.mergeable {
                for other in others { set(other, isWritten: false) }
            } else {
                set(pair, isWritten: true)
            }
        }
        return members.map(\.pair)
    }
}

extension YAMLNode {
    /// Whether it is a key that stands for members of other maps.
    var isMerge: Bool {
        if case .scalar("<<", true) = content { true } else { false }
    }

    /// What `<<` takes over: of a map, or of several of which the first counts most.
    fileprivate var mergeable: [YAMLPair]? {
        switch content {
        case .mapping(let pairs): return pairs.merged
        case .sequence(let nodes) where nodes.allSatisfy { $0.pairs != nil }:
            return nodes.reversed().flatMap { $0.pairs?.merged ?? [] }
        default: return nil
        }
    }
}
