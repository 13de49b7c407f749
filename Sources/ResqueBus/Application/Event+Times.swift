public import Foundation

extension Event {
    /// `bus_published_at`.
    public var publishedAt: Date? { time("bus_published_at") }
    /// `bus_driven_at`: when the driver handed it to this application.
    public var drivenAt: Date? { time("bus_driven_at") }
    /// When the handler was called, to the second.
    public var executedAt: Date { Date(timeIntervalSince1970: Double(executedAtSecond)) }

    private func time(_ name: String) -> Date? {
        guard case .number(let text)? = attributes[name] else { return nil }
        return Double(text).map(Date.init(timeIntervalSince1970:))
    }
}
