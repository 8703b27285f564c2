package io.vilokanam.runtime.composition;

import io.vilokanam.frame.dispatch.Origin;
import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.utility.Utility;
import io.vilokanam.scale.Codec;

/**
 * What every composition has, and the pallets of the town hall stand upon.
 *
 * @param origins how origins stand on the wire: the runtime's {@code OriginCaller}
 */
record Foundation(RuntimeScope runtime, FrameSystem<AccountData> system, Timestamp timestamp, Aura aura,
        Grandpa grandpa,
        Balances balances, Utility utility, Codec<Origin> origins, boolean hasTickStream) {}
