/// What leases that ran out have led to: the id that this rider lost, and jobs of others that it gave back.
struct Recoveries {
    /// An id that Redis does not know any more, and the batches that it had reserved. They are gone if another rider
    /// recovered it, and still there if only its record is gone.
    private(set) var lost: (id: String, batches: [Int: String])?
    /// Times the rider found itself recovered by another.
    private(set) var losses = 0
    /// Jobs of dead riders that it gave back.
    private(set) var jobs = 0

    /// Another has recovered this rider, or its record is gone.
    mutating func lose(_ id: String?, holding batches: [Int: String]) {
        losses += 1
        if let id { lost = (id, batches) }
    }

    /// What was still there of the lost id is back.
    mutating func recoveredLost() { lost = nil }

    /// Jobs of a dead rider are back.
    mutating func recovered(_ jobs: Int) { self.jobs += jobs }
}
