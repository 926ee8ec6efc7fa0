import { useParams } from '@tanstack/react-router';
import { dayOf, moment } from '@/app/formats';
import { PortalLink, usePortalQuery } from '@/app/portalScope';
import { graphql } from '@/graphql/portal';
import { Lines, Loaded } from '@/ui/Loaded';
import { Note, Page, Panel } from '@/ui/Page';
import { Status } from '@/ui/Status';
import { Period, Progress, ProjectStatus } from './ProjectHead';
import styles from './Projects.module.css';
import { TicketTable } from './TicketTable';
import { t } from './texts';

const ProjectQuery = graphql(`
  query Project($clientId: ID, $preview: Boolean!, $previewClient: ID!, $previewContact: ID!, $id: ID!) {
    portal(clientId: $clientId) @skip(if: $preview) {
      ...ProjectOfPortal
    }
    preview: node(id: $previewClient) @include(if: $preview) {
      ... on Client {
        id
        portalAs(contactId: $previewContact) {
          ...ProjectOfPortal
        }
      }
    }
  }
  fragment ProjectOfPortal on Portal {
    node(id: $id) {
      ... on Project {
        id
        name
        description
        status
        progress
        startsOn
        dueOn
        milestones {
          id
          title
          startsAt
        }
        tickets(first: 50) {
          totalCount
          nodes {
            ...TicketOfList
          }
        }
      }
    }
  }
`);

export function Project() {
  const { id = '' } = useParams({ strict: false });
  const { query, retry } = usePortalQuery(ProjectQuery, { id });
  const back = <PortalLink to="/projects">{t.projects}</PortalLink>;
  return (
    <Loaded
      query={query}
      retry={retry}
      skeleton={
        <Page title={t.project} above={back}>
          <Lines />
        </Page>
      }
    >
      {({ portal }) => {
        if (portal?.node?.__typename !== 'Project') {
          return (
            <Page title={t.notFound} above={back}>
              <p>{t.notFoundHint}</p>
            </Page>
          );
        }
        const project = portal.node;
        return (
          <Page title={project.name} above={back} actions={<ProjectStatus status={project.status} />}>
            <div className={styles.detail}>
              <div className={styles.stack}>
                <Panel>
                  <Period startsOn={project.startsOn} dueOn={project.dueOn} />
                  <Progress value={project.progress} label={project.name} />
                  {project.description && <p className={styles.description}>{project.description}</p>}
                </Panel>
                <Panel title={t.workOnIt}>
                  {project.tickets.nodes.length === 0 ? (
                    <Note title={t.noWork}>{t.noWorkHint}</Note>
                  ) : (
                    <TicketTable tickets={project.tickets.nodes} isOfProject />
                  )}
                  {project.tickets.totalCount > project.tickets.nodes.length && (
                    <p className={styles.small}>
                      <PortalLink to="/work">{t.allWork}</PortalLink>
                    </p>
                  )}
                </Panel>
              </div>
              <Panel title={t.milestonesTitle}>
                {project.milestones.length === 0 ? (
                  <p className="quiet">{t.noMilestones}</p>
                ) : (
                  <ol className={styles.milestones}>
                    {project.milestones.map((milestone) => {
                      const isPast = dayOf(milestone.startsAt) < dayOf(new Date());
                      return (
                        <li key={milestone.id} className={isPast ? styles.past : ''}>
                          <p>{milestone.title}</p>
                          <p className={styles.small}>
                            <time dateTime={milestone.startsAt}>{moment(milestone.startsAt, undefined, { dateStyle: 'medium' })}</time>{' '}
                            {!isPast && <Status tone="accent">{t.ahead}</Status>}
                          </p>
                        </li>
                      );
                    })}
                  </ol>
                )}
              </Panel>
            </div>
          </Page>
        );
      }}
    </Loaded>
  );
}
