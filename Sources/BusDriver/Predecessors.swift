/// In-flight lists of other drivers that come before everything in the incoming list: what a driver that died has in
/// flight is older than what it has not claimed, so nothing is claimed before these lists are gone.
struct Predecessors {
    /// Those that were there when last looked.
    private(set) var lists: [String] = []

    /// Nothing comes before the incoming list.
    var areGone: Bool { lists.isEmpty }

    /// Other drivers have these in flight, besides those that are noted already.
    mutating func note(_ found: [String]) { lists += found }

    /// Of these alone it is not known that they are gone.
    mutating func looked(_ unfinished: [String]) { lists = unfinished }
}
