import BusWire
import RubyRegex

/// The judgement of single filters on the attributes that a scratch has noted.
extension SubscriptionIndex {
    // MARK: Presence

    @inline(__always)
    func isAccepted(_ attribute: UInt32, _ accepted: AttributeState, _ scratch: MatchScratch) -> Bool {
        accepted.contains(presence(of: attribute, accepted, scratch.state))
    }

    /// The state of an attribute; `accepted` tells whether the text has to be looked at.
    @inline(__always)
    private func presence(
        of attribute: UInt32, _ accepted: AttributeState, _ state: UnsafeMutablePointer<MatchState>
    ) -> AttributeState {
        guard state.pointee.isPresent(attribute) else { return .absent }
        let value = state.pointee.value(attribute)
        if value.isNull { return .null }
        // `key`, `value` and `nil` treat every text alike.
        let texts: AttributeState = [.emptyText, .blankText, .otherText]
        if accepted.isSuperset(of: texts) || accepted.isDisjoint(with: texts) { return .otherText }
        if value.textCount == 0 { return .emptyText }
        return state.pointee.text(value).allSatisfy(RubyText.isStripped) ? .blankText : .otherText
    }

    // MARK: Literals

    @inline(__always)
    func hash(_ text: UnsafeBufferPointer<UInt8>, attribute: UInt32) -> UInt32 {
        guard let base = text.baseAddress else { return 0 }
        return LiteralHash.hash(
            base, count: text.count, ends: ByteText.ends(base, count: text.count), attribute: attribute,
            seed: tables.literalSeed)
    }

    /// The slot of the literal that equals `text`, or `noLiteral`.
    @inline(__always)
    func slot(of text: UnsafeBufferPointer<UInt8>, attribute: UInt32) -> UInt32 {
        guard let base = text.baseAddress, !text.isEmpty,
            text.count <= Int(tables.attributes[attribute].longestLiteral)
        else { return MatchState.Value.noLiteral }
        let ends = ByteText.ends(base, count: text.count)
        let hash = LiteralHash.hash(
            base, count: text.count, ends: ends, attribute: attribute, seed: tables.literalSeed)
        let capacity = tables.literals.count
        var slot = LiteralHash.slot(of: hash, capacity: capacity)
        while true {
            let literal = tables.literals[slot]
            if literal.owner == 0 { return MatchState.Value.noLiteral }
            if literal.ends == ends, literal.owner == attribute &+ 1,
                Int(literal.textCount) == text.count,
                text.count <= 16 || isEqual(text, literal.textStart)
            {
                return UInt32(truncatingIfNeeded: slot)
            }
            slot = slot &+ 1 == capacity ? 0 : slot &+ 1
        }
    }

    @inline(__always)
    private func isEqual(_ text: UnsafeBufferPointer<UInt8>, _ start: UInt32) -> Bool {
        ByteText.isEqual(text, tables.text.slice(from: start, count: UInt32(truncatingIfNeeded: text.count)))
    }

    /// The slot of the literal that equals an attribute's whole text; looked up once per event.
    /// - Precondition: the attribute has a text.
    @inline(__always)
    func literal(of attribute: UInt32, _ scratch: MatchScratch) -> UInt32 {
        let value = scratch.state.pointee.value(attribute)
        if value.literal != MatchState.Value.notLookedUp { return value.literal }
        let slot = slot(of: scratch.state.pointee.text(value), attribute: attribute)
        scratch.state.pointee.setLiteral(slot, of: attribute)
        return slot
    }

    /// Whether a line of the attribute's text is the literal in `slot`.
    @inline(__always)
    func isLiteral(_ attribute: UInt32, _ slot: UInt32, _ scratch: MatchScratch) -> Bool {
        guard scratch.state.pointee.hasText(attribute) else { return false }
        if literal(of: attribute, scratch) == slot { return true }
        let value = scratch.state.pointee.value(attribute)
        guard value.hasLineBreak else { return false }
        let literal = tables.literals[slot]
        let wanted = tables.text.slice(from: literal.textStart, count: literal.textCount)
        guard wanted.contains(ByteText.lineBreak) || wanted.isEmpty else {
            return literalsOnLines(of: attribute, scratch).contains(slot)
        }
        return ByteText.contains(scratch.state.pointee.text(value), wanted, start: .line, end: .line)
    }

    // MARK: Patterns

    /// Judges a pattern once per event.
    @inline(__always)
    func judge(_ pattern: UInt32, _ scratch: MatchScratch) -> Judgement {
        if let known = scratch.state.pointee.judgement(of: pattern) { return known }
        let judgement = judgeAfresh(pattern, scratch)
        scratch.state.pointee.keep(judgement, of: pattern)
        return judgement
    }

    private func judgeAfresh(_ pattern: UInt32, _ scratch: MatchScratch) -> Judgement {
        let record = tables.patterns[pattern]
        guard scratch.state.pointee.hasText(record.attribute) else {
            guard record.onMissing == .undecided else { return record.onMissing }
            return search(pattern, UnsafeBufferPointer(start: nil, count: 0), scratch)
        }
        let text = scratch.state.pointee.text(scratch.state.pointee.value(record.attribute))
        // Ruby compares before it tries the filter as a regular expression. Of one too long to be judged not all is
        // here.
        let own = tables.text.slice(from: record.textStart, count: record.textCount)
        if record.kind != .unjudgeable, ByteText.isEqual(text, own) { return .yes }
        switch record.kind {
        case .anything: return .yes
        case .unjudgeable: return search(pattern, text, scratch)
        case .ownText: return .no
        case .fragments: return hasFragment(text, of: record) ? .yes : .no
        case .automaton, .budgeted:
            if record.isJoined {
                scan(record.attribute, scratch)
                if let found = scratch.state.pointee.judgement(of: pattern) { return found }
                if !scratch.state.pointee.isPossible(pattern) { return .no }
            }
            return search(pattern, text, scratch)
        }
    }

    @inline(__always)
    private func hasFragment(_ text: UnsafeBufferPointer<UInt8>, of record: IndexTables.Pattern) -> Bool {
        for fragment in tables.fragments.slice(from: record.fragmentsStart, count: record.fragmentsCount) {
            let wanted = tables.text.slice(from: fragment.textStart, count: fragment.textCount)
            if ByteText.contains(text, wanted, start: fragment.start, end: fragment.end) { return true }
        }
        return false
    }

    private func search(_ number: UInt32, _ text: UnsafeBufferPointer<UInt8>, _ scratch: MatchScratch) -> Judgement {
        let regex = regexes[Int(tables.patterns[number].regex)]
        switch regex.reading {
        case .pattern(let pattern):
            let (judgement, reason) = scratch.regexGuard.judge(pattern, filter: regex.filter, on: text)
            if judgement == .undecided { scratch.reasons[number] = reason }
            return judgement
        case .unjudgeable(let reason):
            scratch.reasons[number] = .cannotBeJudged(reason)
            return .undecided
        }
    }

    // MARK: Scans

    /// Scans the text of an attribute for its joined patterns, once per event; those found, and those that only a
    /// search decides, are noted.
    ///
    /// - Precondition: the attribute has a text.
    @inline(__always)
    func scan(_ number: UInt32, _ scratch: MatchScratch) {
        if !scratch.state.pointee.value(number).isScanned { scanAfresh(number, scratch) }
    }

    private func scanAfresh(_ number: UInt32, _ scratch: MatchScratch) {
        let state = scratch.state
        let attribute = tables.attributes[number]
        let text = state.pointee.text(state.pointee.value(number))
        let start = state.pointee.hits.count
        if attribute.isEventType {
            let hash = hash(text, attribute: number)
            if let remembered = state.pointee.memo.patterns(in: text, hash: hash) {
                for pattern in remembered { noteHit(pattern, scratch) }
            } else if scan(text, by: attribute, scratch) {
                state.pointee.memo.remember(state.pointee.hits[start...], in: text, hash: hash)
            }
        } else {
            scan(text, by: attribute, scratch)
        }
        state.pointee.setHits(start..<state.pointee.hits.count, of: number)
    }

    /// - Returns: whether all that was found is known; otherwise some patterns are left to a search.
    @discardableResult
    private func scan(
        _ text: UnsafeBufferPointer<UInt8>, by attribute: IndexTables.Attribute, _ scratch: MatchScratch
    ) -> Bool {
        var isDecided = true
        for place in Int(attribute.joinedStart)..<Int(attribute.joinedStart &+ attribute.joinedCount) {
            let scanner = scratch.scanner(place, of: self)
            let patterns = joined[place].patterns
            scratch.found.removeAll(keepingCapacity: true)
            let isComplete = scratch.regexGuard.scan(scanner, text, into: &scratch.found)
            for found in scratch.found { noteHit(patterns[Int(found)], scratch) }
            if isComplete { continue }
            isDecided = false
            for undecided in scanner.undecided {
                scratch.state.pointee.keepPossible(patterns[Int(undecided)])
                scratch.state.pointee.hits.append(patterns[Int(undecided)])
            }
        }
        return isDecided
    }

    @inline(__always)
    private func noteHit(_ pattern: UInt32, _ scratch: MatchScratch) {
        if tables.patterns[pattern].kind == .budgeted {
            scratch.state.pointee.keepPossible(pattern)
        } else {
            scratch.state.pointee.keep(.yes, of: pattern)
        }
        scratch.state.pointee.hits.append(pattern)
    }
}
