/// What the riders know of one subscriber's queue. Only they pop it, so its n-th job is the n-th that they get.
struct RiderQueue: Sendable {
    /// The list in Redis.
    let key: String
    private var popped = 0
    /// How many jobs had been put on the queue by then, and when that was seen, nanoseconds; ascending.
    private var sightings: [(jobs: Int, time: Int64)] = []
    private var firstSighting = 0

    init(key: String) { self.key = key }

    /// Notes that `waiting` jobs were seen on the queue.
    mutating func see(_ waiting: Int, at time: Int64) {
        let jobs = popped + waiting
        guard waiting > 0, jobs > (sightings.last?.jobs ?? 0) else { return }
        sightings.append((jobs, time))
    }

    /// Notes that the next job was popped.
    ///
    /// - Returns: when it was first seen on the queue.
    mutating func pop(at time: Int64) -> Int64 {
        popped += 1
        while firstSighting < sightings.count, sightings[firstSighting].jobs < popped { firstSighting += 1 }
        defer { forgetOldSightings() }
        return firstSighting < sightings.count ? sightings[firstSighting].time : time
    }

    private mutating func forgetOldSightings() {
        guard firstSighting > 1024 else { return }
        sightings.removeFirst(firstSighting)
        firstSighting = 0
    }
}
