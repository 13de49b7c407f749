/// How many jobs beyond the free slots a rider claims ahead, as a pure value: what its handlers will work off within a
/// few milliseconds, so that slots do not wait for Redis, and no job waits long behind slow ones while another rider is
/// free.
struct Prefetch {
    /// Jobs a second, a moving mean.
    private var rate = 0.0

    /// Jobs for this long are claimed ahead, in seconds.
    private static let span = 0.004
    /// The mean forgets within about this time, in seconds.
    private static let memory = 0.02
    /// Never more than this.
    static let most = 512

    /// How many jobs to have waiting.
    var depth: Int { Int(min(Double(Self.most), rate * Self.span)) }

    /// So many jobs were finished in this time.
    mutating func finished(_ jobs: Int, within time: Duration) {
        let seconds = time / .seconds(1)
        guard seconds > 0 else { return }
        let weight = min(1, seconds / Self.memory)
        rate += (Double(jobs) / seconds - rate) * weight
    }

    /// The slots did not come back for what was claimed ahead.
    mutating func stalled() { rate = 0 }
}
