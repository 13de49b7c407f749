public import BusWire

extension ExactString: ExpressibleByStringLiteral {
    public init(stringLiteral text: String) { self.init(text) }
}
