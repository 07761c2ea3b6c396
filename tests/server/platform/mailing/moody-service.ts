import { deliveries } from '#db/tables/deliveries.ts';
import { start, type TestService } from '../../../harness.ts';
import { createWorld, type World } from '../../../world.ts';
import { type MoodySink, startMoodySink } from './moody-sink.ts';

/** A service with the cast, whose mail server has moods. */
export interface MoodyService {
  service: TestService;
  sink: MoodySink;
  world: World;
  end: () => Promise<void>;
}

/** Starts a service that may end with jobs waiting. */
export async function startMoodyService(): Promise<MoodyService> {
  const sink = await startMoodySink();
  const service = await start({ env: { SMTP_URL: `smtp://127.0.0.1:${sink.port}` }, leaveJobs: true });
  const world = await createWorld(service.ctx.db);
  return {
    ...{ service, sink, world },
    async end() {
      sink.stopDripping();
      await service.end();
      await sink.close();
    },
  };
}

/** Returns all deliveries, the oldest first. */
export const deliveriesOf = ({ ctx }: TestService) => ctx.db.select().from(deliveries).orderBy(deliveries.id);
