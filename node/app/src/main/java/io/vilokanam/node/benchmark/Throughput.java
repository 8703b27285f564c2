package io.vilokanam.node.benchmark;

import java.util.Locale;

/** Bytes a second, written with the largest unit that fits, as sc-sysinfo does. */
public record Throughput(double bytes) {

    private static final double KIBI = 1 << 10;
    private static final double MEBI = 1 << 20;
    private static final double GIBI = 1 << 30;

    public static Throughput ofMebibytes(double mebibytes) {
        return new Throughput(mebibytes * MEBI);
    }

    @Override
    public String toString() {
        double unit = bytes >= GIBI ? GIBI : bytes >= MEBI ? MEBI : KIBI;
        return String.format(Locale.ROOT, "%.2f %s", bytes / unit,
                unit == GIBI ? "GiBs" : unit == MEBI ? "MiBs" : "KiBs");
    }
}
