/// The times whose buckets a promoter works through, soonest first, one page of the schedule after the other.
struct DueTimes {
    /// The most times of one page.
    static let pageSize = 128
    /// How long a time is put off, in seconds.
    static let delay = 5

    /// Of the page, the next one last.
    private var page: [[UInt8]] = []
    /// When each of these was put off, in epoch seconds.
    private var putOff: [[UInt8]: Int] = [:]

    /// Takes those of a page that are not put off.
    mutating func fill(_ times: [[UInt8]], now: Int) {
        putOff = putOff.filter { Self.isRunning($0.value, now) }
        page = times.filter { putOff[$0] == nil }.reversed()
    }

    /// The next time; nil at the end of the page.
    mutating func next() -> [UInt8]? { page.popLast() }

    /// Leaves a time alone for a while.
    mutating func putOff(_ time: [UInt8], now: Int) { putOff[time] = now }

    /// When a time that was put off is tried again, in epoch seconds; nil when none is.
    var retry: Int? { putOff.values.min().map { $0 + Self.delay } }

    /// Whether a wait is not over. A clock that was set back ends it.
    static func isRunning(_ since: Int, _ now: Int, for seconds: Int = delay) -> Bool {
        since <= now && now - since < seconds
    }
}
