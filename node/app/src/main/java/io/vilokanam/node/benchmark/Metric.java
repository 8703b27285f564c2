package io.vilokanam.node.benchmark;

/** What is measured of a machine, with the least that a validator should have: Substrate's reference hardware. */
public enum Metric {
    BLAKE2("CPU", "BLAKE2-256", 1000), BLAKE2_PARALLEL("CPU", "BLAKE2-256-Parallel-8", 1000), SR25519("CPU",
            "SR25519-Verify", 0.622675781), COPY("Memory", "Copy", 11768.341), SEQUENTIAL("Disk", "Seq Write",
                    950), RANDOM("Disk", "Rnd Write", 420);

    private final String category;
    private final String label;
    private final double minimumMebibytes;

    Metric(String category, String label, double minimumMebibytes) {
        this.category = category;
        this.label = label;
        this.minimumMebibytes = minimumMebibytes;
    }

    public String category() {
        return category;
    }

    public String label() {
        return label;
    }

    public Throughput minimum() {
        return Throughput.ofMebibytes(minimumMebibytes);
    }
}
