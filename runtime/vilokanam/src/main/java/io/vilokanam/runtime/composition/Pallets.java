package io.vilokanam.runtime.composition;

import java.util.Optional;

import io.vilokanam.frame.pallet.RuntimeScope;
import io.vilokanam.pallets.aura.Aura;
import io.vilokanam.pallets.balances.AccountData;
import io.vilokanam.pallets.balances.Balances;
import io.vilokanam.pallets.grandpa.Grandpa;
import io.vilokanam.pallets.sudo.Sudo;
import io.vilokanam.pallets.system.FrameSystem;
import io.vilokanam.pallets.tickstream.StreamRules;
import io.vilokanam.pallets.tickstream.TickStream;
import io.vilokanam.pallets.timestamp.Timestamp;
import io.vilokanam.pallets.transactionpayment.TransactionPayment;
import io.vilokanam.pallets.utility.Utility;

/** The pallets of a composed runtime; what only some compositions have may be missing. */
public record Pallets(RuntimeScope runtime, FrameSystem<AccountData> system, Timestamp timestamp, Aura aura,
        Grandpa grandpa, Balances balances, TransactionPayment payment, Sudo sudo, Utility utility,
        Optional<TickStream> tickStream, Optional<StreamRules> streamRules, Optional<TownHall> townHall) {}
