/// Reads texts in YAML within limits, in time linear in their size: aliases are counted, not expanded, and maps are
/// compared by the texts of their keys alone.
package struct YAMLReader {
    package let limits: YAMLLimits
    /// Where, in the text that was read last, a second document begins, counted from 1; nil if none does. It is not
    /// looked at.
    package private(set) var secondDocument: Int?
    private var anchors: [String: YAMLNode] = [:]

    package init(limits: YAMLLimits = YAMLLimits()) {
        self.limits = limits
    }

    /// Reads the first document of a text.
    ///
    /// - Parameters:
    ///   - text: in UTF-8. It may refer to anchors of texts that were read before.
    ///   - firstLine: the number of its first line.
    /// - Returns: nil for a text without a document.
    /// - Throws: `YAMLError`; then nothing of the text is remembered.
    package mutating func read(_ text: some Collection<UInt8>, firstLine: Int = 1) throws(YAMLError) -> YAMLNode? {
        let bytes = ContiguousArray(text)
        do throws(YAMLError) {
            try refuseLength(of: bytes)
            try refuseManyDirectives(bytes)
            var composition = YAMLComposition(limits: limits, earlier: anchors)
            let root = try bytes.withUnsafeBufferPointer { buffer throws(YAMLError) in
                try composition.root(of: YAMLEvents(buffer))
            }
            anchors.merge(composition.anchors) { _, new in new }
            secondDocument = composition.secondDocument.map { $0 + firstLine - 1 }
            return root
        } catch {
            throw error.moved(by: firstLine - 1)
        }
    }

    private func refuseLength(of bytes: ContiguousArray<UInt8>) throws(YAMLError) {
        guard bytes.count > limits.bytes else { return }
        let line = bytes.prefix(limits.bytes).count { $0 == UInt8(ascii: "\n") } + 1
        throw YAMLError(limit: "It is longer than \(limits.bytes) bytes.", line: line)
    }

    private func refuseManyDirectives(_ bytes: ContiguousArray<UInt8>) throws(YAMLError) {
        let newline = UInt8(ascii: "\n")
        var (left, line, before) = (YAMLLimits.directives, 1, newline)
        for byte in bytes {
            if byte == UInt8(ascii: "%") && before == newline {
                left -= 1
                guard left >= 0 else {
                    throw YAMLError(
                        limit: "It has more than \(YAMLLimits.directives) lines that begin with %.", line: line)
                }
            }
            if byte == newline { line += 1 }
            before = byte
        }
    }
}

/// One document on its way from events to nodes.
private struct YAMLComposition {
    let limits: YAMLLimits
    let earlier: [String: YAMLNode]
    private(set) var anchors: [String: YAMLNode] = [:]
    private(set) var secondDocument: Int?
    private var nodes = 0

    init(limits: YAMLLimits, earlier: [String: YAMLNode]) {
        self.limits = limits
        self.earlier = earlier
    }

    mutating func root(of events: YAMLEvents) throws(YAMLError) -> YAMLNode? {
        guard case .beginDocument = try events.next() else { return nil }
        guard let root = try node(of: events, depth: 1) else { return nil }
        if case .beginDocument = try events.next() { secondDocument = events.line }
        return root
    }

    /// The node that begins with the next event; nil where that event is an end.
    private mutating func node(of events: YAMLEvents, depth: Int) throws(YAMLError) -> YAMLNode? {
        let event = try events.next()
        let (anchor, tag, line) = (events.anchor, events.tag, events.line)
        let node: YAMLNode
        switch event {
        case .end, .beginDocument, .endStream:
            return nil
        case .alias(let name):
            guard let target = anchors[name] ?? earlier[name] else {
                throw YAMLError(malformed: "found undefined alias", line: line)
            }
            try count(target.size, at: line)
            try refuseDepth(depth - 1 + target.height, at: line)
            return target
        case .scalar(let text, let isPlain):
            try count(1, at: line)
            node = YAMLNode(.scalar(text, isPlain: isPlain), tag: tag, line: line)
        case .beginSequence:
            try count(1, at: line)
            try refuseDepth(depth, at: line)
            var elements: [YAMLNode] = []
            while let element = try self.node(of: events, depth: depth + 1) { elements.append(element) }
            node = YAMLNode(.sequence(elements), tag: tag, line: line)
        case .beginMapping:
            try count(1, at: line)
            try refuseDepth(depth, at: line)
            node = YAMLNode(.mapping(try pairs(of: events, depth: depth)), tag: tag, line: line)
        }
        if let anchor { anchors[anchor] = node }
        return node
    }

    private mutating func pairs(
        of events: YAMLEvents, depth: Int
    ) throws(YAMLError) -> [(key: YAMLNode, value: YAMLNode)] {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        var names: Set<[UInt8]> = []
        while let key = try node(of: events, depth: depth + 1), let value = try node(of: events, depth: depth + 1) {
            if depth > 1, let name = key.text, !names.insert(Array(name.utf8)).inserted {
                throw YAMLError(malformed: "\(name.prefix(200)) is written twice", line: key.line)
            }
            pairs.append((key, value))
        }
        return pairs
    }

    private mutating func count(_ more: Int, at line: Int) throws(YAMLError) {
        nodes += more
        guard nodes <= limits.nodes else {
            throw YAMLError(
                limit: "It has more than \(limits.nodes) values, those that aliases stand for included.", line: line)
        }
    }

    private func refuseDepth(_ depth: Int, at line: Int) throws(YAMLError) {
        guard depth <= limits.depth else {
            throw YAMLError(limit: "It nests deeper than \(limits.depth) levels.", line: line)
        }
    }
}
