package io.vilokanam.runtime.differential;

import java.io.IOException;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.vilokanam.testkit.StockJudge;

/** A judge for all tests of a class, which are skipped where there is no stock node. */
final class OpenJudge implements BeforeAllCallback, AfterAllCallback {

    private final String spec;
    private StockJudge judge;

    /** @param spec at whose genesis it begins */
    OpenJudge(String spec) {
        this.spec = spec;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        judge = StockJudge.atGenesisOf(spec);
    }

    StockJudge get() {
        return judge;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (judge != null) {
            judge.close();
        }
    }
}
