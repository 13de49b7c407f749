/// A part of a text in YAML, before anybody asks what it means. An alias is the node that it names, so nodes are
/// shared; there are no circles.
package final class YAMLNode: Sendable {
    /// What a node holds.
    package enum Content: Sendable {
        /// A text; plain without quotes, so that it may mean a number or nothing.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the order of the text. No two keys are the same text, except at the root.
        case mapping([(key: YAMLNode, value: YAMLNode)])
    }

    package let content: Content
    /// The tag as it was resolved, such as `tag:yaml.org,2002:str`; nil where none is written.
    package let tag: String?
    /// Where the node begins, counted from 1.
    package let line: Int
    /// This node and all below it, those that aliases stand for counted each time.
    package let size: Int
    /// Levels of lists and maps, this node's included: 0 for a text.
    let height: Int

    init(_ content: Content, tag: String?, line: Int) {
        self.content = content
        self.tag = tag
        self.line = line
        var (size, heightBelow) = (1, -1)
        func add(_ node: YAMLNode) {
            size += node.size
            heightBelow = max(heightBelow, node.height)
        }
        switch content {
        case .scalar: break
        case .sequence(let elements):
            heightBelow = 0
            elements.forEach(add)
        case .mapping(let pairs):
            heightBelow = 0
            for pair in pairs {
                add(pair.key)
                add(pair.value)
            }
        }
        self.size = size
        height = heightBelow + 1
    }

    /// The text of a scalar; nil for anything else.
    package var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// The members of a mapping; nil for anything else.
    package var pairs: [(key: YAMLNode, value: YAMLNode)]? {
        if case .mapping(let pairs) = content { pairs } else { nil }
    }
}
