package io.vilokanam.runtime.genesis;

import java.util.List;

import io.vilokanam.primitives.AccountId;
import io.vilokanam.primitives.PublicKey;
import io.vilokanam.scale.Bytes;

/** The accounts and keys that everybody knows, derived from the development phrase. */
final class DevAccounts {

    static final AccountId ALICE = AccountId
            .fromHex("d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d");
    static final AccountId BOB = AccountId.fromHex("8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48");

    /** //Alice to //Ferdie, then their //stash accounts, as stock presets list them. */
    static final List<AccountId> ENDOWED = List.of(ALICE, BOB,
            AccountId.fromHex("90b5ab205c6974c9ea841be688864633dc9ca8a357843eeacf2314649965fe22"),
            AccountId.fromHex("306721211d5404bd9da88e0204360a1a9ab8b87c66c1bc2fcdd37f3c2222cc20"),
            AccountId.fromHex("e659a7a1628cdd93febc04a4e0646ea20e9f5f0ce097d9a05290d4a9e054df4e"),
            AccountId.fromHex("1cbd2d43530a44705ad088af313e18f80b53ef16b36177cd4b77b846f2a5f07c"),
            AccountId.fromHex("be5ddb1579b72e84524fc29e78609e3caf42e85aa118ebfe0b0ad404b5bdd25f"),
            AccountId.fromHex("fe65717dad0447d715f660a0a58411de509b42e6efb8375f562f58a554d5860e"),
            AccountId.fromHex("1e07379407fecc4b89eb7dbd287c2c781cfb1907a96947a3eb18e4f8e7198625"),
            AccountId.fromHex("e860f1b1c7227f7c22602f53f15af80747814dffd839719731ee3bba6edc126c"),
            AccountId.fromHex("8ac59e11963af19174d0b94d5d78041c233f55d2e19324665bafdfb62925af2d"),
            AccountId.fromHex("101191192fc877c24d725b337120fa3edc63d227bbc92705db1e2cb65f56981a"));

    /** Who holds the shares of a development chain with a town hall: //Team, //Investors, //Public and //Ecosystem. */
    static final AccountId TEAM = AccountId.fromHex("a421755b59c88e3ee1d64a10d7bcf4c0b30571198c6b75e26a80501fc1f0ac16");
    static final AccountId INVESTORS = AccountId
            .fromHex("2c6cfd07c4831c1741bfd62a523b6a6f9b731a7096e2546062d8b0d0f5d67f51");
    static final AccountId PUBLIC = AccountId
            .fromHex("b6867c1b2f1f0b5deff848d2ed3d0cfb025149121b4c945914c98f7111395f4c");
    static final AccountId ECOSYSTEM = AccountId
            .fromHex("2234d4d1551a23d67dbc3145960514d76669067fe61178bc7b3856bf2ff8b303");

    static final PublicKey ALICE_GRANDPA = key("88dc3417d5058ec4b4503e0c12ea1a0a89be200fe98922423d4334014fa6b0ee");
    static final PublicKey BOB_GRANDPA = key("d17c2d7823ebf260fd138f2d7e27d114c0145d968b5ff5006125f2414fadae69");

    private DevAccounts() {}

    private static PublicKey key(String hex) {
        return new PublicKey(Bytes.fromHex(hex));
    }
}
