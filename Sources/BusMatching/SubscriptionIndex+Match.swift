package import BusWire

extension SubscriptionIndex {
    /// Finds the subscriptions that match the event last scanned.
    ///
    /// The answer is in ``MatchScratch/matches`` and ``MatchScratch/undecided``. Without escapes in the attributes that
    /// subscriptions mention, and without regular expressions, nothing is allocated.
    /// - Parameters:
    ///   - scan: holds an event (or what a publisher job publishes); its text must still be in place.
    ///   - scratch: of the calling thread.
    ///   - continuing: the event was matched with another index just before: what that has taken of its budget is gone.
    package func match(_ scan: EventScan, using scratch: MatchScratch, continuing: Bool = false) {
        scratch.begin(self, continuing: continuing)
        let state = scratch.state
        if let base = scan.bytes.baseAddress { state.pointee.eventText = base }
        let members = scan.members
        for place in 0..<members.count {
            let member = members[place]
            if let attribute = attribute(of: member, at: place, in: scan) {
                note(attribute, member, at: place, in: scan, scratch)
            }
        }
        decide(scratch)
    }

    /// Finds the subscriptions that match the attributes of an event that is at hand as a tree.
    /// - Parameter attributes: of names that occur repeatedly the last value counts.
    package func match(_ attributes: [JSONMember], using scratch: MatchScratch) {
        scratch.begin(self, continuing: false)
        for member in attributes {
            guard let attribute = attribute(named: member.key) else { continue }
            if member.value == .null {
                scratch.state.pointee.note(
                    attribute, MatchState.Value(epoch: scratch.state.pointee.epoch, isNull: true))
            } else {
                let start = scratch.decoded.count
                RubyText.appendText(of: member.value, to: &scratch.decoded)
                noteDecoded(attribute, from: start, scratch)
            }
        }
        decide(scratch)
    }

    // MARK: Noting what the event says

    @inline(__always)
    private func attribute(of member: EventMember, at place: Int, in scan: EventScan) -> UInt32? {
        let mask = tables.attributeSlots.count &- 1
        var slot = Int(member.keyHash) & mask
        while true {
            let number = tables.attributeSlots[slot]
            if number == 0 { return nil }
            let attribute = tables.attributes[number &- 1]
            if attribute.nameHash == member.keyHash {
                let name = tables.text.slice(from: attribute.nameStart, count: attribute.nameCount)
                if isKey(of: member, at: place, in: scan, equalTo: name) { return number &- 1 }
            }
            slot = (slot &+ 1) & mask
        }
    }

    @inline(__always)
    private func isKey(
        of member: EventMember, at place: Int, in scan: EventScan, equalTo name: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard member.keyIsVerbatim, let base = scan.bytes.baseAddress else {
            return scan.key(of: place, equals: UnsafeRawBufferPointer(name))
        }
        let key = UnsafeBufferPointer(
            start: (base + Int(member.keyStart)).assumingMemoryBound(to: UInt8.self),
            count: Int(member.keyEnd &- member.keyStart))
        return ByteText.isEqual(key, name)
    }

    private func attribute(named name: String) -> UInt32? {
        let hash = KeyHash.hash(name)
        let mask = tables.attributeSlots.count - 1
        var slot = Int(hash) & mask
        while tables.attributeSlots[slot] != 0 {
            let number = tables.attributeSlots[slot] - 1
            let attribute = tables.attributes[number]
            if attribute.nameHash == hash,
                tables.text.slice(from: attribute.nameStart, count: attribute.nameCount).elementsEqual(name.utf8)
            {
                return number
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    @inline(__always)
    private func note(
        _ attribute: UInt32, _ member: EventMember, at place: Int, in scan: EventScan, _ scratch: MatchScratch
    ) {
        let state = scratch.state
        var value = MatchState.Value(epoch: state.pointee.epoch)
        switch member.kind {
        case .null:
            value.isNull = true
        case .string where member.valueIsVerbatim, .true, .false,
            // Ruby reads -0 as 0; no other integer changes.
            .integer where member.valueEnd &- member.valueStart != 2:
            // JSON has no bare line break in a string, so there is one line.
            value.textStart = member.valueStart
            value.textCount = member.valueEnd &- member.valueStart
        default:
            let isContainer = member.kind == .array || member.kind == .object
            guard isContainer, !tables.attributes[attribute].needsInspection else {
                let start = scratch.decoded.count
                if tables.attributes[attribute].needsText { scan.appendText(of: place, to: &scratch.decoded) }
                return noteDecoded(attribute, from: start, scratch)
            }
            // More of its text, which takes time to make, makes no difference.
            value.textStart = member.valueStart
            value.textCount = 1
        }
        state.pointee.note(attribute, value)
    }

    private func noteDecoded(_ attribute: UInt32, from start: Int, _ scratch: MatchScratch) {
        var value = MatchState.Value(epoch: scratch.state.pointee.epoch)
        value.isDecoded = true
        value.textStart = UInt32(start)
        value.textCount = UInt32(scratch.decoded.count - start)
        value.hasLineBreak = scratch.decoded[start...].contains(ByteText.lineBreak)
        scratch.state.pointee.note(attribute, value)
    }

    // MARK: Deciding

    @inline(__always)
    private func decide(_ scratch: MatchScratch) {
        if scratch.decoded.isEmpty { return find(scratch) }
        scratch.decoded.withUnsafeBytes { decoded in
            if let base = decoded.baseAddress { scratch.state.pointee.decodedText = base }
            find(scratch)
        }
    }

    private func find(_ scratch: MatchScratch) {
        let state = scratch.state
        for place in 0..<state.pointee.presentCount {
            let number = state.pointee.presentAttribute(place)
            let attribute = tables.attributes[number]
            if !state.pointee.value(number).isNull {
                if attribute.leadsByLiteral { followLiterals(of: number, scratch) }
                if attribute.leadsByScan { followScan(of: number, scratch) }
                for pattern in tables.lonePatterns.slice(from: attribute.loneStart, count: attribute.loneCount) {
                    judgeAndFollow(pattern, scratch)
                }
            }
            if attribute.presenceCount > 0 {
                for candidate in tables.candidates.slice(from: attribute.presenceStart, count: attribute.presenceCount)
                {
                    verify(candidate, skipping: 0, undecided: nil, scratch)
                }
            }
        }
        for place in 0..<tables.leadingWhenMissing.count {
            let pattern = tables.leadingWhenMissing[place]
            if !state.pointee.hasText(tables.patterns[pattern].attribute) { judgeAndFollow(pattern, scratch) }
        }
        for place in 0..<tables.residual.count {
            verify(tables.residual[place], skipping: 0, undecided: nil, scratch)
        }
        state.pointee.matches.finish()
        if scratch.undecided.count > 1 { scratch.undecided.sort { $0.subscription < $1.subscription } }
    }

    @inline(__always)
    private func followLiterals(of attribute: UInt32, _ scratch: MatchScratch) {
        let slot = literal(of: attribute, scratch)
        if slot != MatchState.Value.noLiteral {
            let literal = tables.literals[slot]
            if literal.candidatesCount == 1 {
                take(literal.loneCandidate, scratch)
            } else {
                for candidate in tables.candidates.slice(from: literal.candidatesStart, count: literal.candidatesCount)
                {
                    take(candidate, scratch)
                }
            }
        }
        if scratch.state.pointee.value(attribute).hasLineBreak { followLines(of: attribute, scratch) }
    }

    /// A candidate whose first filter is known to hold.
    @inline(__always)
    private func take(_ candidate: IndexTables.Candidate, _ scratch: MatchScratch) {
        if candidate.isDecided {
            scratch.state.pointee.matches.append(candidate.subscription)
        } else {
            verify(candidate, skipping: 1, undecided: nil, scratch)
        }
    }

    /// Ruby's `^literal$` is satisfied by any line of the text. Which of the filters found so takes lines is left to a
    /// full check.
    @inline(never)
    private func followLines(of attribute: UInt32, _ scratch: MatchScratch) {
        for slot in literalsOnLines(of: attribute, scratch) {
            let literal = tables.literals[slot]
            if literal.candidatesCount == 1 {
                verify(literal.loneCandidate, skipping: 0, undecided: nil, scratch)
            } else {
                verifyAll(from: literal.candidatesStart, count: literal.candidatesCount, scratch)
            }
        }
    }

    /// The slots of the literals that are lines of an attribute's text. Found once per event: there may be millions of
    /// lines, and many filters that ask.
    func literalsOnLines(of attribute: UInt32, _ scratch: MatchScratch) -> Set<UInt32> {
        if let known = scratch.literalsOnLines[attribute] { return known }
        let text = scratch.state.pointee.text(scratch.state.pointee.value(attribute))
        var found: Set<UInt32> = []
        var start = 0
        while start < text.count {
            var end = start
            while end < text.count, text[end] != ByteText.lineBreak { end += 1 }
            if end > start {
                let slot = self.slot(of: UnsafeBufferPointer(rebasing: text[start..<end]), attribute: attribute)
                if slot != MatchState.Value.noLiteral { found.insert(slot) }
            }
            start = end + 1
        }
        scratch.literalsOnLines[attribute] = found
        return found
    }

    private func verifyAll(from start: UInt32, count: UInt32, _ scratch: MatchScratch) {
        for candidate in tables.candidates.slice(from: start, count: count) {
            verify(candidate, skipping: 0, undecided: nil, scratch)
        }
    }

    private func followScan(of number: UInt32, _ scratch: MatchScratch) {
        scan(number, scratch)
        let state = scratch.state
        let start = state.pointee.value(number).hitsStart
        for hit in start..<start &+ state.pointee.value(number).hitsCount {
            let pattern = state.pointee.hits[Int(hit)]
            if tables.patterns[pattern].candidatesCount > 0 { judgeAndFollow(pattern, scratch) }
        }
    }

    private func judgeAndFollow(_ pattern: UInt32, _ scratch: MatchScratch) {
        let judgement = judge(pattern, scratch)
        if judgement != .no { follow(pattern, judgement, scratch) }
    }

    private func follow(_ pattern: UInt32, _ judgement: Judgement, _ scratch: MatchScratch) {
        let record = tables.patterns[pattern]
        for candidate in tables.candidates.slice(from: record.candidatesStart, count: record.candidatesCount) {
            verify(candidate, skipping: 1, undecided: judgement == .yes ? nil : pattern, scratch)
        }
    }

    /// Tries the filters of a subscription, cheapest first, and notes it when all hold.
    /// - Parameters:
    ///   - skipping: filters that are known to hold or, with `undecided`, known to be undecided.
    ///   - undecided: the pattern that gave up on the way here.
    private func verify(
        _ candidate: IndexTables.Candidate, skipping: UInt32, undecided: UInt32?, _ scratch: MatchScratch
    ) {
        var undecided = undecided
        var place = candidate.firstCheck &+ skipping
        // A single filter that is skipped leaves nothing to try.
        var isDone = skipping > 0 && candidate.isDecided
        while !isDone {
            let check = tables.checks[place]
            isDone = check.isLast
            switch check.kind {
            case .special:
                if !isAccepted(
                    check.attribute, AttributeState(rawValue: UInt8(truncatingIfNeeded: check.operand)), scratch)
                {
                    return
                }
            case .literal:
                if !isLiteral(check.attribute, check.operand, scratch) { return }
            case .pattern:
                switch judge(check.operand, scratch) {
                case .no: return
                case .yes: break
                case .undecided: undecided = check.operand
                }
            }
            place &+= 1
        }
        if let undecided {
            note(candidate.subscription, undecided: undecided, scratch)
        } else {
            scratch.state.pointee.matches.append(candidate.subscription)
        }
    }

    @inline(never)
    private func note(_ subscription: UInt32, undecided pattern: UInt32, _ scratch: MatchScratch) {
        let entry = MatchScratch.Undecided(
            subscription: Int(subscription), filter: regexes[Int(tables.patterns[pattern].regex)].filter.text,
            reason: scratch.reasons[pattern] ?? .limitExceeded)
        // Equal lines lead to the same subscription more than once.
        if !scratch.undecided.contains(entry) { scratch.undecided.append(entry) }
    }
}
