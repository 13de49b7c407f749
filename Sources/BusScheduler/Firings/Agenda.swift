import BusWire
import HeapModule

/// Names by the time at which they are to be looked at; of those with one time, the one that was put first comes first.
struct Agenda: Sendable {
    private struct Item: Comparable, Sendable {
        let time: Int
        /// Grows with each item.
        let ticket: Int
        let name: ExactString

        static func < (left: Item, right: Item) -> Bool { (left.time, left.ticket) < (right.time, right.ticket) }
    }

    /// What was put anew or removed stays in here until it comes up; the first item never is such a one.
    private var items = Heap<Item>()
    /// The valid item of each name.
    private var tickets: [ExactString: Int] = [:]
    private var lastTicket = 0

    /// The time of the first name.
    var next: Int? { items.min?.time }

    /// How many items there are, invalid ones among them.
    var itemCount: Int { items.count }

    /// Puts a name at a time and nowhere else; nil removes it.
    mutating func put(_ name: ExactString, at time: Int?) {
        if let time {
            lastTicket += 1
            tickets[name] = lastTicket
            items.insert(Item(time: time, ticket: lastTicket, name: name))
        } else {
            tickets[name] = nil
        }
        dropInvalid()
    }

    /// Takes the first name if its time has come.
    mutating func popFirst(upTo time: Int) -> ExactString? {
        guard let first = items.min, first.time <= time else { return nil }
        tickets[first.name] = nil
        dropInvalid()
        return first.name
    }

    private mutating func dropInvalid() {
        while let first = items.min, !isValid(first) { items.removeMin() }
        // Else an agenda whose names are put over and over would grow.
        if items.count > 2 * tickets.count + 64 { items = Heap(items.unordered.filter(isValid)) }
    }

    private func isValid(_ item: Item) -> Bool { tickets[item.name] == item.ticket }
}
