package io.vilokanam.rpc.method;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.vilokanam.rpc.json.Json;
import io.vilokanam.rpc.json.JsonValue;
import io.vilokanam.rpc.protocol.Incoming;
import io.vilokanam.rpc.protocol.RequestReader;
import io.vilokanam.rpc.protocol.RequestReader.Message;
import io.vilokanam.rpc.protocol.ResponseWriter;
import io.vilokanam.rpc.protocol.RpcError;
import io.vilokanam.rpc.protocol.RpcException;

/** Turns the text of a message into the text of its answer. */
public final class Dispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String NULL_ID = "null";
    private static final byte[] NO_ANSWER = new byte[0];

    /**
     * The numbers that a dispatcher keeps to.
     *
     * @param batchLengthMax how many requests a batch may have; 0: no batches at all
     * @param responseBytesMax how long an answer may be
     * @param parameterDepthMax how deep a parameter may be nested
     * @param requestBytesMax how long a request may be
     * @param queueExtra how many items of a subscription may wait beyond its own queue
     */
    public record Limits(int batchLengthMax, int responseBytesMax, int parameterDepthMax, int requestBytesMax,
            int queueExtra) {}

    /**
     * What is sent back; an empty text for a message that is not answered. {@code isRequest} is false where the message was
     * neither an object nor an array, which HTTP tells by its status.
     */
    public record Answer(byte[] text, boolean isRequest, List<Runnable> afterwards) {

        /** To be called once the text is on its way: from now on what it announces may follow. */
        public void handedOver() {
            afterwards.forEach(Runnable::run);
        }
    }

    private final MethodRegistry registry;
    private final Limits limits;
    private final boolean isUnsafeAllowed;
    private final RandomIds ids;
    private final RpcObserver observer;
    private final ResponseWriter writer;
    private final ParamsReader params;

    /** {@code ids}: where subscription ids come from; used by this dispatcher alone. */
    public Dispatcher(MethodRegistry registry, Limits limits, boolean isUnsafeAllowed, RandomGenerator ids,
            RpcObserver observer) {
        this.registry = registry;
        this.observer = observer;
        this.limits = limits;
        this.isUnsafeAllowed = isUnsafeAllowed;
        this.ids = new RandomIds(ids);
        this.writer = new ResponseWriter(limits.responseBytesMax());
        this.params = new ParamsReader(limits.parameterDepthMax(), limits.requestBytesMax());
    }

    /** Takes a message apart, as far as its envelope goes. */
    public Message read(byte[] text) {
        return RequestReader.read(text, limits.batchLengthMax());
    }

    /** Whether the message is one call that is answered from memory, without waiting for anything. */
    public boolean isPrompt(Message message, RpcSession session) {
        return single(message, session).filter(single -> single.method.isPrompt() && single.call.params().isEmpty())
                .isPresent();
    }

    /** A call that comes alone and need not wait for its turn, and what it calls. */
    private record SingleCall(Incoming.Call call, RpcMethod.Call method) {}

    private Optional<SingleCall> single(Message message, RpcSession session) {
        return message instanceof Message.Single(Incoming.Call call) && !session.isRated()
                && registry.find(call.method()).orElse(null) instanceof MethodRegistry.Entry.Call(var method)
                        ? Optional.of(new SingleCall(call, method)) : Optional.empty();
    }

    /**
     * Answers a message that is one call whose answer needs no thread that waits for it; {@code done} is called from any thread,
     * perhaps at once.
     *
     * @return false if it is no such call: {@code done} is not called then
     */
    public boolean answerLater(Message message, RpcSession session, Consumer<Answer> done) {
        Optional<SingleCall> single = single(message, session);
        if (single.isEmpty() || !(single.get().method.handler() instanceof RpcMethod.LateHandler handler)) {
            return false;
        }
        Incoming.Call call = single.get().call;
        var running = new RunningCall(call, session);
        var afterwards = new ArrayList<Runnable>();
        var reply = new RpcMethod.Reply() {
            @Override
            public void give(JsonValue result) {
                done.accept(new Answer(running.result(result), true, afterwards));
            }

            @Override
            public void refuse(RpcError error) {
                done.accept(new Answer(running.error(error), true, afterwards));
            }
        };
        try {
            handler.begin(allowed(call, single.get().method, session, afterwards), reply);
        } catch (RpcException e) {
            reply.refuse(e.error());
        } catch (RuntimeException e) {
            reply.refuse(bug(call, e));
        }
        return true;
    }

    /** Answers one message. Blocks for as long as its calls do. */
    public Answer answer(Message message, RpcSession session) {
        var afterwards = new ArrayList<Runnable>();
        byte[] answer = switch (message) {
            case Message.Nothing() -> writer.error(NULL_ID, RpcError.PARSE_ERROR);
            case Message.Single(var request) -> one(request, session, afterwards).orElse(NO_ANSWER);
            case Message.TooLong() -> writer.error(NULL_ID, limits.batchLengthMax() == 0 ? RpcError.BATCHES_DISABLED
                    : RpcError.batchTooLong(limits.batchLengthMax()));
            case Message.Batch(var requests) -> batch(requests, session, afterwards);
        };
        return new Answer(answer, !(message instanceof Message.Nothing), afterwards);
    }

    /** The error for a message longer than a request may be. */
    public byte[] requestTooBig() {
        return writer.error(NULL_ID, RpcError.requestTooBig(limits.requestBytesMax()));
    }

    private byte[] batch(List<Incoming> requests, RpcSession session, List<Runnable> afterwards) {
        if (requests.isEmpty()) {
            return writer.error(NULL_ID, RpcError.INVALID_REQUEST);
        }
        var answers = new ArrayList<byte[]>();
        long size = 0;
        for (Incoming request : requests) {
            if (session.isClosed()) {
                return NO_ANSWER; // Nobody waits for the rest.
            }
            Optional<byte[]> answer = one(request, session, afterwards);
            answer.ifPresent(answers::add);
            size += answer.map(text -> text.length + 1).orElse(0);
            if (size > limits.responseBytesMax()) {
                return writer.error(NULL_ID, RpcError.batchResponseTooBig(limits.responseBytesMax()));
            }
        }
        return answers.isEmpty() ? NO_ANSWER : writer.batch(answers);
    }

    private Optional<byte[]> one(Incoming request, RpcSession session, List<Runnable> afterwards) {
        return switch (request) {
            case Incoming.Notification() -> Optional.empty();
            case Incoming.Refused(var id, var error) -> Optional.of(writer.error(id, error));
            case Incoming.Call call -> Optional.of(called(call, session, afterwards));
        };
    }

    private byte[] called(Incoming.Call call, RpcSession session, List<Runnable> afterwards) {
        var entry = registry.find(call.method());
        if (entry.isEmpty()) {
            return writer.error(call.id(), RpcError.METHOD_NOT_FOUND);
        }
        var running = new RunningCall(call, session);
        CallRate.Turn turn = session.awaitTurn();
        if (turn == CallRate.Turn.REFUSED) {
            return writer.error(call.id(), RpcError.RATE_LIMITED);
        }
        running.isDelayed = turn == CallRate.Turn.DELAYED;
        try {
            return running.result(result(call, entry.get(), session, afterwards));
        } catch (RpcException e) {
            return running.error(e.error());
        } catch (RuntimeException e) {
            return running.error(bug(call, e));
        }
    }

    /** The top of a call's thread: one method's bug must not take the others down. */
    private static RpcError bug(Incoming.Call call, RuntimeException bug) {
        LOG.error("RPC method failed method={}", call.method(), bug);
        return RpcError.INTERNAL_ERROR;
    }

    /** A call that has begun; the observer hears of it now, and again when it is answered. */
    private final class RunningCall {

        private final Incoming.Call call;
        private final RpcObserver.Protocol protocol;
        private final long start;
        private boolean isDelayed;

        RunningCall(Incoming.Call call, RpcSession session) {
            this.call = call;
            this.protocol = session.canSubscribe() ? RpcObserver.Protocol.WS : RpcObserver.Protocol.HTTP;
            observer.callStarted(protocol, call.method());
            this.start = System.nanoTime();
        }

        byte[] result(JsonValue result) {
            return finished(writer.result(call.id(), result), false);
        }

        byte[] error(RpcError error) {
            return finished(writer.error(call.id(), error), true);
        }

        private byte[] finished(byte[] answer, boolean isError) {
            observer.callFinished(new RpcObserver.FinishedCall(protocol, call.method(), isError, isDelayed,
                    Duration.ofNanos(System.nanoTime() - start)));
            return answer;
        }
    }

    /** What a method was called with, if it may be called at all; as in Substrate, wrong parameters are told first. */
    private RpcParams allowed(Incoming.Call call, RpcMethod.Call method, RpcSession session,
            List<Runnable> afterwards) throws RpcException {
        RpcParams given = read(call, method.parameters(), session, afterwards);
        if (method.isUnsafe() && !isUnsafeAllowed) {
            throw RpcError.UNSAFE_METHOD.exception();
        }
        return given;
    }

    private JsonValue result(Incoming.Call call, MethodRegistry.Entry entry, RpcSession session,
            List<Runnable> afterwards)
            throws RpcException {
        return switch (entry) {
            case MethodRegistry.Entry.Call(var method) ->
                method.handler().answer(allowed(call, method, session, afterwards));
            case MethodRegistry.Entry.Subscribe(var subscription) -> subscribe(call, subscription, session, afterwards);
            case MethodRegistry.Entry.Unsubscribe(var subscription) -> unsubscribe(call, subscription, session);
        };
    }

    private JsonValue subscribe(Incoming.Call call, RpcMethod.Subscription subscription, RpcSession session,
            List<Runnable> afterwards) throws RpcException {
        if (!session.canSubscribe()) {
            throw RpcError.INTERNAL_ERROR.exception();
        }
        if (!session.reserve()) {
            throw RpcError.tooManySubscriptions(session.subscriptionsMax()).exception();
        }
        var subscriber = new Subscriber(ids.next(), subscription, session,
                subscription.queue().capacity() + limits.queueExtra());
        session.add(subscriber);
        boolean isStarted = false;
        try {
            subscription.subscribing().start(read(call, subscription.parameters(), session, afterwards), subscriber);
            isStarted = true;
        } finally {
            if (!isStarted) {
                subscriber.end();
            }
        }
        afterwards.add(subscriber::open);
        return Json.text(subscriber.id());
    }

    /** Whatever does not name a subscription of this kind is not found; that is no error. */
    private JsonValue unsubscribe(Incoming.Call call, RpcMethod.Subscription subscription, RpcSession session) {
        Optional<Subscriber> found = params.onlyText(call.params()).flatMap(session::subscriber)
                .filter(subscriber -> subscriber.subscription() == subscription);
        found.ifPresent(Subscriber::end);
        return Json.bool(found.isPresent());
    }

    private RpcParams read(Incoming.Call call, List<Parameter<?>> declared, RpcSession session,
            List<Runnable> afterwards)
            throws RpcException {
        return new RpcParams(params.read(call.params(), declared), session, isUnsafeAllowed, afterwards);
    }
}
