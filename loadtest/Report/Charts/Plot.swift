/// The area of a chart with its axes. Sizes are in units of the drawing, which the page scales to its width.
struct Plot: Sendable {
    static let width = 560.0
    /// Where data is drawn. Margins leave room for the larger letters of narrow screens.
    static let left = 78.0
    static let right = width - 14
    static let top = 38.0

    let height: Double
    let x: Scale
    let y: Scale

    static func bottom(of height: Double) -> Double { height - 52 }

    /// The chart.
    ///
    /// - Parameters:
    ///   - description: what one sees, for those who do not see it.
    ///   - content: what is drawn between the grid and the axes' texts.
    func drawing(
        description: String, xTitle: String, yTitle: String, xText: (Double) -> String, yText: (Double) -> String,
        @MarkupBuilder content: () -> Markup
    ) -> Markup {
        let bottom = Self.bottom(of: height)
        return element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": "0 0 \(Self.number(Self.width)) \(Self.number(height))",
                "role": "img", "aria-label": description,
            ]
        ) {
            element("g", ["class": "grid"]) {
                for tick in y.ticks { horizontal(at: tick, class: nil) }
                for tick in x.ticks { vertical(at: tick, class: nil) }
            }
            content()
            Self.line((Self.left, bottom), (Self.right, bottom), class: "axis")
            element("g", ["class": "ticks"]) {
                for tick in y.ticks {
                    Self.text(yText(tick), (Self.left - 8, y.place(of: tick) + 5), anchor: "end")
                }
                for tick in x.ticks {
                    // The last one would not fit if it stood under its line.
                    let isLast = x.place(of: tick) > Self.right - 20
                    Self.text(
                        xText(tick), (isLast ? Self.width - 4 : x.place(of: tick), bottom + 20),
                        anchor: isLast ? "end" : "middle")
                }
            }
            Self.text(yTitle, (4, 15), class: "title")
            Self.text(xTitle, (Self.right, height - 6), anchor: "end", class: "title")
        }
    }

    /// A line across the plot at the height of `value`.
    func horizontal(at value: Double, class name: String?) -> Markup {
        Self.line((Self.left, y.place(of: value)), (Self.right, y.place(of: value)), class: name)
    }

    /// A line up the plot at the place of `value`.
    func vertical(at value: Double, class name: String?) -> Markup {
        Self.line((x.place(of: value), Self.top), (x.place(of: value), Self.bottom(of: height)), class: name)
    }

    /// A line through points; nil in a list is a gap. A point between two gaps is a dot.
    func curve(_ points: [(x: Double, y: Double)?], class name: String) -> Markup {
        var path = ""
        var isOpen = false
        for (index, point) in points.enumerated() {
            guard let point else {
                isOpen = false
                continue
            }
            let place = "\(Self.number(x.place(of: point.x))) \(Self.number(y.place(of: point.y)))"
            let isAlone = !isOpen && (index + 1 == points.count || points[index + 1] == nil)
            path += isOpen ? "L\(place)" : "M\(place)" + (isAlone ? "h0.01" : "")
            isOpen = true
        }
        return path.isEmpty ? .nothing : element("path", ["d": path, "class": "curve \(name)"])
    }

    /// A round mark.
    func dot(_ point: (x: Double, y: Double), class name: String) -> Markup {
        element(
            "circle",
            [
                "cx": Self.number(x.place(of: point.x)), "cy": Self.number(y.place(of: point.y)), "r": "4.5",
                "class": name,
            ])
    }

    static func line(_ from: (Double, Double), _ to: (Double, Double), class name: String?) -> Markup {
        element(
            "line",
            ["x1": number(from.0), "y1": number(from.1), "x2": number(to.0), "y2": number(to.1), "class": name])
    }

    static func text(
        _ text: String, _ place: (Double, Double), anchor: String? = nil, class name: String? = nil
    ) -> Markup {
        element(
            "text", ["x": number(place.0), "y": number(place.1), "text-anchor": anchor, "class": name], text)
    }

    /// A length in a drawing: a tenth of a unit is finer than a screen.
    static func number(_ value: Double) -> String {
        let digits = Quantity.decimal(value, places: 1)
        return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    }
}
