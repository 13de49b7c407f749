import BusWire

extension CronExpression {
    /// How far to look for a time that matches: as far as the calendar, or a line such as `mon%5000`, may need.
    private static let horizon = 100 * 366 * 86400

    /// Seconds between which times are answered: the years 1 to 9999.
    private static let answerable = -62_135_596_800..<253_402_300_800

    /// More than clocks are ever set back or forward by.
    private static let longestShift = 3 * 3600

    /// The first time after `epoch` at which the line fires, exactly as fugit's `next_time`.
    ///
    /// Nothing fires at a local time that the clocks skip. At one that they repeat a line fires a second time, unless
    /// the firing right before was at the same local time: `30 2 * * *` fires once, and so does `0 * * * *` in the two
    /// hours, while `*/30 * * * *` fires each real half hour. So a schedule goes from each answer to the next. The
    /// local time of the firing before is read in the zone of the process, as fugit does: a line with another zone of
    /// its own fires at both times.
    ///
    /// - Parameters:
    ///   - epoch: seconds since 1970; the answer is later.
    ///   - home: the zone of the process, used if the line has none.
    /// - Returns: epoch seconds, or nothing if the line does not fire within a hundred years.
    package func next(after epoch: Int, zone home: ZoneRules) -> Int? {
        guard Self.answerable.contains(epoch) else { return nil }
        return match(after: epoch, through: epoch + Self.horizon, zone: home)
    }

    private func match(after epoch: Int, through end: Int, zone home: ZoneRules) -> Int? {
        var walk = CronWalk(fields, from: epoch, in: zone ?? home)
        var start = (epoch: epoch, local: epoch + home.offset(at: epoch), offset: walk.offset)
        while walk.epoch <= end {
            if walk.epoch == start.epoch {
                walk.advance(by: 1)
            } else if walk.settle() {
                let local = walk.epoch + walk.offset
                guard local == start.local, walk.offset != start.offset else { return walk.epoch }
                start = (walk.epoch, local, walk.offset)
            }
        }
        return nil
    }

    /// The last time, not after `epoch`, at which the line fires when `next(after:zone:)` is called with each answer in
    /// turn.
    ///
    /// For a start in the middle of a repeated hour, or of the half hour after a midnight that fugit passes over where
    /// the clocks change by so much, `next` may give times that this, which comes from before, does not.
    ///
    /// - Parameters:
    ///   - epoch: seconds since 1970.
    ///   - home: the zone of the process, used if the line has none.
    /// - Returns: epoch seconds, or nothing if the line has not fired within a hundred years.
    package func previous(atOrBefore epoch: Int, zone home: ZoneRules) -> Int? {
        guard Self.answerable.contains(epoch), let match = latestMatch(atOrBefore: epoch, zone: home) else {
            return nil
        }
        // Whether a time fires may hang on the one before it, or on how its day was entered: go there from before that.
        let civil = CivilTime(epoch: match, offset: (zone ?? home).offset(at: match))
        let sinceMidnight = civil.hour * 3600 + civil.minute * 60 + civil.second
        let before = fields.restrictsDays ? match - sinceMidnight - Self.longestShift : match - 1
        guard var last = latestMatch(atOrBefore: before, zone: home) else { return match }
        while let next = self.match(after: last, through: epoch, zone: home) { last = next }
        return last
    }

    /// The last time that some earlier one leads to.
    private func latestMatch(atOrBefore epoch: Int, zone home: ZoneRules) -> Int? {
        func answer(from start: Int) -> Int? { match(after: start, through: epoch, zone: home) }
        var distance = 1
        var found = answer(from: epoch - distance)
        while found == nil, distance < Self.horizon {
            distance *= 2
            found = answer(from: epoch - distance)
        }
        // The latest start that still leads to a time is the second before it.
        var late = epoch - distance / 2
        while let match = found, match < late {
            let middle = match + (late - match) / 2
            if let later = answer(from: middle) { found = later } else { late = middle }
        }
        return found
    }
}
