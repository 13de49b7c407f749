/// Something that an ``Application`` consists of.
public struct ApplicationPart: Sendable {
    enum Kind: Sendable {
        case subscribe(Subscribe)
        case heartbeat(OnHeartbeat)
        case job(Job)
        case subscriber(any Subscriber)
        case middleware(any JobMiddleware)
    }

    let kind: Kind
}

/// Collects the parts of an ``Application``.
@resultBuilder
public enum ApplicationBuilder {
    public static func buildExpression(_ subscribe: Subscribe) -> [ApplicationPart] {
        [ApplicationPart(kind: .subscribe(subscribe))]
    }
    public static func buildExpression(_ heartbeat: OnHeartbeat) -> [ApplicationPart] {
        [ApplicationPart(kind: .heartbeat(heartbeat))]
    }
    public static func buildExpression(_ job: Job) -> [ApplicationPart] { [ApplicationPart(kind: .job(job))] }
    public static func buildExpression(_ subscriber: some Subscriber) -> [ApplicationPart] {
        [ApplicationPart(kind: .subscriber(subscriber))]
    }
    public static func buildExpression(_ middleware: some JobMiddleware) -> [ApplicationPart] {
        [ApplicationPart(kind: .middleware(middleware))]
    }
    public static func buildBlock(_ parts: [ApplicationPart]...) -> [ApplicationPart] { parts.flatMap(\.self) }
    public static func buildArray(_ parts: [[ApplicationPart]]) -> [ApplicationPart] { parts.flatMap(\.self) }
    public static func buildOptional(_ parts: [ApplicationPart]?) -> [ApplicationPart] { parts ?? [] }
    public static func buildEither(first parts: [ApplicationPart]) -> [ApplicationPart] { parts }
    public static func buildEither(second parts: [ApplicationPart]) -> [ApplicationPart] { parts }
}
