import BusWire

/// Which events an application wants, and on which of its queues.
///
/// A literal is the plain case: `"user_created"` wants every event of that type, on the application's default queue.
public struct BusSubscription: Sendable, ExpressibleByStringLiteral {
    /// The name of the subscription within its application.
    public var key: String
    /// Where the events go.
    public var queue: BusQueue
    /// The Ruby class that runs the events, for applications in Ruby. Default `::QueueBus::Rider`.
    public var className: String
    /// What an event's attributes must be, all of them.
    public var filters: [(name: String, pattern: FilterPattern)]

    /// - Parameters:
    ///   - key: the name of the subscription; without `filters` also the type of the events it wants.
    ///   - queue: default: the application's queue `default`.
    ///   - className: default `::QueueBus::Rider`.
    ///   - filters: what an event's attributes must be. Default: `bus_event_type` is `key`.
    public init(
        _ key: String, queue: BusQueue = "default", className: String = "::QueueBus::Rider",
        where filters: KeyValuePairs<String, FilterPattern>? = nil
    ) {
        self.key = key
        self.queue = queue
        self.className = className
        self.filters = filters.map { $0.map { ($0.key, $0.value) } } ?? [("bus_event_type", .text(key))]
    }

    public init(stringLiteral key: String) {
        self.init(key)
    }
}

/// A queue of an application.
public enum BusQueue: Sendable, Hashable, ExpressibleByStringLiteral {
    /// `critical` of the application `app_b` is the queue `app_b_critical`. This is what a literal means.
    case ofApplication(String)
    /// Exactly this queue, which applications may share.
    case shared(String)

    public init(stringLiteral name: String) {
        self = .ofApplication(name)
    }

    func name(in appKey: String) -> String {
        switch self {
        case .ofApplication(let name): BusName.normalize("\(appKey)_\(name)")
        case .shared(let name): BusName.normalize(name)
        }
    }
}

/// What the text of an attribute must be (contract §4).
public enum FilterPattern: Sendable, Hashable, ExpressibleByStringLiteral {
    /// Equal to this text; or, as in Ruby, a match of it as a regular expression from the beginning to the end of a
    /// line.
    case text(String)
    /// A match anywhere of this regular expression, in Ruby's syntax.
    case regex(String)
    /// The attribute is there, even if null.
    case key
    /// The attribute is null or not there.
    case `nil`
    /// The attribute is there and not null.
    case value
    /// The attribute's text is empty.
    case empty
    /// The attribute's text has nothing but white space, or there is none.
    case blank
    /// The attribute's text has more than white space.
    case present

    public init(stringLiteral text: String) {
        self = .text(text)
    }

    /// As it stands in the subscription's record.
    var stored: String {
        switch self {
        case .text(let text): text
        case .regex(let regex): "(?-mix:\(regex))"
        case .key: "bus_special_value_key"
        case .nil: "bus_special_value_nil"
        case .value: "bus_special_value_value"
        case .empty: "bus_special_value_empty"
        case .blank: "bus_special_value_blank"
        case .present: "bus_special_value_present"
        }
    }
}
