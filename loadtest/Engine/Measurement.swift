/// The times that a generator sees in one phase: those of the events that are due in it.
struct Measurement: Sendable {
    private(set) var published = LatencyRecorder()
    private(set) var queued = LatencyRecorder()
    private(set) var popped = LatencyRecorder()
    private(set) var uncorrected = LatencyRecorder()
    private(set) var sendLag = LatencyRecorder()
    private var looks = 0
    private var lookedFor: Int64 = 0

    /// When the phase began, nanoseconds.
    let start: Int64
    private(set) var seconds: [SecondTally] = []

    init(start: Int64 = 0) { self.start = start }

    mutating func wrote(intended: Int64, written: Int64) {
        sendLag.record(written - intended)
        tally(intended) { $0.intended += 1 }
    }

    mutating func acknowledged(_ intended: [Int64], at time: Int64) {
        for intended in intended where intended >= start { published.record(time - intended) }
        tally(time) { $0.published += intended.count }
    }

    /// - Parameter queued: when the copy was seen on its queue.
    mutating func arrived(_ departure: DeliveryLedger.Departure, queued seen: Int64, popped time: Int64) {
        tally(time) { $0.popped += 1 }
        guard departure.intended >= start else { return }
        queued.record(seen - departure.intended)
        popped.record(time - departure.intended)
        uncorrected.record(time - departure.written)
        tally(departure.intended) { $0.record(time - departure.intended) }
    }

    /// The riders looked again, that many nanoseconds after the look before.
    mutating func looked(after pause: Int64) {
        looks += 1
        lookedFor += pause
    }

    /// The mean time between two looks of the riders, in nanoseconds; 0 if they always waited in Redis.
    var meanLook: Double { looks == 0 ? 0 : Double(lookedFor) / Double(looks) }

    private mutating func tally(_ time: Int64, _ body: (inout SecondTally) -> Void) {
        guard time >= start else { return }
        let second = Int((time - start) / 1_000_000_000)
        while seconds.count <= second { seconds.append(SecondTally()) }
        body(&seconds[second])
    }
}
