package io.vilokanam.rpc.chain;

import io.vilokanam.primitives.header.Header;
import io.vilokanam.rpc.json.JsonText;

/** The text of the header that was asked for last: most ask for the newest one, again and again. Safe for several threads. */
final class HeaderTexts {

    private record Last(Header header, JsonText text) {}

    private volatile Last last;

    JsonText of(Header header) {
        Last known = last;
        if (known != null && known.header == header) {
            return known.text;
        }
        Last made = new Last(header, JsonText.of(HeaderJson.header(header)));
        last = made;
        return made.text;
    }
}
