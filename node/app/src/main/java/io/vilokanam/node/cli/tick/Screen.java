package io.vilokanam.node.cli.tick;

import java.io.PrintWriter;

/** The terminal: lines that stay, and one line at the bottom that is written over where the terminal can do that. */
final class Screen {

    /** What fits the narrowest terminal: a line that wraps cannot be written over. */
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final boolean isLive;
    private int shown;

    /** {@code isLive}: whether lines can be written over; else each progress line stays. */
    Screen(PrintWriter out, boolean isLive) {
        this.out = out;
        this.isLive = isLive;
    }

    synchronized void line(String text) {
        wipe();
        out.println(text);
        out.flush();
    }

    synchronized void progress(String text) {
        if (!isLive) {
            line(text);
            return;
        }
        String line = text.substring(0, Math.min(text.length(), WIDTH));
        out.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())));
        out.flush();
        shown = line.length();
    }

    private void wipe() {
        if (shown > 0) {
            out.print("\r" + " ".repeat(shown) + "\r");
            shown = 0;
        }
    }
}
